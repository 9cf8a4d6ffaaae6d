package io.github.ownproof.testkit;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** The calls that read, write and take away the tags of an object. */
final class TaggingCalls {

  private static final int MOST = 10;

  private TaggingCalls() {}

  static void answer(Exchange exchange, Bucket bucket, String key, byte[] body) throws IOException {
    S3Call call = exchange.call();
    String version = call.query().get("versionId");
    if (version != null) {
      exchange.response().setHeader("x-amz-version-id", version);
    }
    switch (call.method()) {
      case "GET" -> {
        String tagSet = bucket.tags().get(key, version);
        exchange.answer(
            200,
            "application/xml",
            Xml.document("Tagging", "<TagSet>" + (tagSet == null ? "" : tagSet) + "</TagSet>"));
      }
      case "PUT" -> {
        bucket.tags().put(key, version, tagSet(Xml.all(Xml.parse(body), "Tag"), MOST));
        exchange.answerEmpty(200);
      }
      default -> {
        bucket.tags().remove(key, version);
        exchange.answerEmpty(204);
      }
    }
  }

  /** The tag set of an {@code x-amz-tagging} header; null if there is none. */
  static @Nullable String fromHeader(@Nullable String header) {
    if (header == null || header.isEmpty()) {
      return null;
    }
    StringBuilder set = new StringBuilder();
    for (String pair : header.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      set.append(tag(S3Call.decode(name, true), S3Call.decode(value, true)));
    }
    return set.toString();
  }

  static int count(String tagSet) {
    return tagSet.split("<Tag>", -1).length - 1;
  }

  static void check(List<Element> tags, int most) {
    if (tags.size() > most) {
      throw new Refusal(400, "BadRequest", "Object tags cannot be greater than " + most);
    }
    Set<String> keys = new HashSet<>();
    for (Element tag : tags) {
      String key = Xml.text(tag, "Key");
      if (key == null || key.isEmpty() || Xml.text(tag, "Value") == null) {
        throw Refusal.malformedXml();
      }
      if (!keys.add(key)) {
        throw new Refusal(400, "InvalidTag", "Cannot provide multiple Tags with the same key");
      }
    }
  }

  /** A whole tagging document, of tags that came in another one. */
  static String document(List<Element> tags, int most) {
    return Xml.document("Tagging", "<TagSet>" + tagSet(tags, most) + "</TagSet>");
  }

  private static String tagSet(List<Element> tags, int most) {
    check(tags, most);
    StringBuilder set = new StringBuilder();
    for (Element tag : tags) {
      set.append(
          tag(
              Xml.all(tag, "Key").get(0).getTextContent(),
              Xml.all(tag, "Value").get(0).getTextContent()));
    }
    return set.toString();
  }

  private static String tag(String key, String value) {
    return "<Tag>" + Xml.element("Key", key) + Xml.element("Value", value) + "</Tag>";
  }
}
