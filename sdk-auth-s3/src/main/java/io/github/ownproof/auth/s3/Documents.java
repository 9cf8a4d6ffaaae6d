package io.github.ownproof.auth.s3;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.GrantUse;
import io.github.ownproof.auth.s3.Json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The stored documents of schema 1. Each value has exactly one form, and what has another was not
 * written by this schema: a member more, one twice, or one missing is refused, so that no program
 * overlooks what it does not know.
 */
final class Documents {

  /** How many of the last writes a document names; the life of a request has a handful. */
  static final int WRITES = 256;

  private static final long SCHEMA = 1;

  private Documents() {}

  /**
   * A request as it is stored.
   *
   * @param request the request
   * @param writes a random name for each of its versions, the last of all: whoever wrote one finds
   *     its own here, even where the answer was lost
   */
  record Grant(AccessRequest request, List<String> writes) {

    Grant {
      writes = List.copyOf(writes);
    }

    static Grant first(AccessRequest request, String write) {
      return new Grant(request, List.of(write));
    }

    /** What replaces this. */
    Grant then(AccessRequest next, String write) {
      List<String> all = new ArrayList<>(writes);
      all.add(write);
      return new Grant(next, all.subList(Math.max(0, all.size() - WRITES), all.size()));
    }

    String text() {
      return document("writes", writes, "request", RequestJson.of(request));
    }
  }

  static Grant grant(String document) throws MalformedDocument {
    return read(
        document,
        json -> new Grant(RequestJson.request(json.object("request")), json.texts("writes")),
        Grant::text);
  }

  static String text(GrantUse use) {
    return document("use", UseJson.of(use));
  }

  static GrantUse use(String document) throws MalformedDocument {
    return read(document, json -> UseJson.use(json.object("use")), Documents::text);
  }

  private static String document(Object... namesAndValues) {
    Map<String, Object> members = Json.object("schema", SCHEMA);
    members.putAll(Json.object(namesAndValues));
    return Json.write(members);
  }

  private static <T> T read(String document, Reading<T> reading, Writing<T> writing)
      throws MalformedDocument {
    Members json = Json.read(document);
    if (json.number("schema") != SCHEMA) {
      throw new MalformedDocument(
          "its schema is not " + SCHEMA + ": a newer version of this library wrote it");
    }
    T value;
    try {
      value = reading.of(json);
    } catch (RuntimeException invalid) {
      throw new MalformedDocument("one of its values cannot be");
    }
    if (!document.equals(writing.of(value))) {
      throw new MalformedDocument("it has not the one form of its schema");
    }
    return value;
  }

  private interface Reading<T> {
    T of(Members json) throws MalformedDocument;
  }

  private interface Writing<T> {
    String of(T value);
  }
}
