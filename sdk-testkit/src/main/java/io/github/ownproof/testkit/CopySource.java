package io.github.ownproof.testkit;

import org.jspecify.annotations.Nullable;

/** What {@code x-amz-copy-source} names. */
record CopySource(String bucket, String key, @Nullable String versionId) {

  static CopySource parse(String header) {
    String source = header;
    String version = null;
    int question = source.indexOf('?');
    if (question >= 0) {
      String parameter = source.substring(question + 1);
      if (parameter.startsWith("versionId=")) {
        version = S3Call.decode(parameter.substring("versionId=".length()), false);
      }
      source = source.substring(0, question);
    }
    source = S3Call.decode(source, false);
    if (source.startsWith("/")) {
      source = source.substring(1);
    }
    if (source.startsWith("arn:")) {
      throw Refusal.notModelled("access points as copy source");
    }
    int slash = source.indexOf('/');
    if (slash <= 0 || slash == source.length() - 1) {
      throw Refusal.invalidArgument(
          "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
    return new CopySource(source.substring(0, slash), source.substring(slash + 1), version);
  }
}
