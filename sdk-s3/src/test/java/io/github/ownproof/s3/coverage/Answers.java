package io.github.ownproof.s3.coverage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * Answers that are just good enough: a call of several requests must get as far as its last one.
 */
final class Answers {

  /** The least that S3, and so the CRT client, takes. */
  static final long PART_SIZE = 5L << 20;

  /** More than one part, so that copies and downloads are split. */
  static final int OBJECT_SIZE = 6 << 20;

  private static final String ETAG = "ETag: \"0123456789abcdef0123456789abcdef\"\r\n";

  private Answers() {}

  /** The whole answer, head and body. */
  static byte[] to(WireRequest request) {
    boolean copy = !request.values(WireRequest.COPY_SOURCE).isEmpty();
    return switch (request.method()) {
      case "HEAD" -> head("200 OK", ETAG + "Content-Length: " + OBJECT_SIZE + "\r\n");
      case "POST" -> answer(request.hasParameter("uploads") ? upload() : completed(request));
      case "PUT" -> answer(copy ? copied(request) : "");
      case "GET" -> get(request);
      default -> answer("");
    };
  }

  private static byte[] get(WireRequest request) {
    if (request.segments().size() < 2) {
      return answer("");
    }
    if (request.hasParameter("partNumber")) {
      return bytes("206 Partial Content", ETAG + "x-amz-mp-parts-count: 2\r\n", 1);
    }
    for (String range : request.values("Range")) {
      String[] ends = range.substring("bytes=".length()).split("-", -1);
      int first = Integer.parseInt(ends[0]);
      int last =
          ends[1].isEmpty()
              ? OBJECT_SIZE - 1
              : Math.min(OBJECT_SIZE - 1, Integer.parseInt(ends[1]));
      return bytes(
          "206 Partial Content",
          ETAG + "Content-Range: bytes " + first + '-' + last + '/' + OBJECT_SIZE + "\r\n",
          last - first + 1);
    }
    return answer("");
  }

  private static String upload() {
    return "<InitiateMultipartUploadResult><UploadId>upload-1</UploadId>"
        + "</InitiateMultipartUploadResult>";
  }

  private static String completed(WireRequest request) {
    return request.hasParameter("uploadId")
        ? "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>"
        : "";
  }

  private static String copied(WireRequest request) {
    return request.hasParameter("partNumber")
        ? "<CopyPartResult><ETag>e</ETag></CopyPartResult>"
        : "<CopyObjectResult><ETag>e</ETag></CopyObjectResult>";
  }

  private static byte[] answer(String body) {
    return join(
        head("200 OK", ETAG + "Content-Length: " + body.length() + "\r\n"),
        body.getBytes(ISO_8859_1));
  }

  private static byte[] bytes(String status, String headers, int length) {
    return join(head(status, headers + "Content-Length: " + length + "\r\n"), new byte[length]);
  }

  private static byte[] head(String status, String headers) {
    return ("HTTP/1.1 " + status + "\r\n" + headers + "x-amz-request-id: 1\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  private static byte[] join(byte[] head, byte[] body) {
    byte[] whole = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }
}
