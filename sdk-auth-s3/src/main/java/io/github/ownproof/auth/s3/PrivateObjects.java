package io.github.ownproof.auth.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.s3.S3PrivateClient;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Small ASCII objects in one private bucket: the calls, each bounded in time and size, and what
 * their failures mean. Thread-safe.
 */
final class PrivateObjects {

  /** Far above the longest document, so that a foreign object cannot fill the memory. */
  private static final int LARGEST = 256 * 1024;

  /** The user metadata for the name of a write. */
  static final String WRITE = "ownproof-write";

  private static final int NOT_MODIFIED = 304;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final S3PrivateClient client;
  private final String bucket;
  private final String needs;
  private final Failures failures;

  /** Makes the exception of whoever uses the objects. */
  interface Failures {
    OwnproofException of(String message, @Nullable Throwable cause);
  }

  /**
   * An object as it was read.
   *
   * @param text its bytes, one to one
   * @param eTag as S3 wrote it
   * @param write the name its writer gave the write, if it did
   */
  record Read(String text, String eTag, String write) {
    /** There, with the ETag the reader has already. */
    static final Read UNCHANGED = new Read("", "", "");

    /** There, and nothing to be read into the memory. */
    private static final Read TOO_LARGE = new Read("", "", "too large");
  }

  /**
   * What became of a write under a condition.
   *
   * @param stored whether it is known to be there
   * @param trouble why that is not known; null if S3 said that the condition does not hold, which
   *     an earlier try of the same write may be the reason for
   */
  record Put(boolean stored, @Nullable OwnproofException trouble) {}

  /**
   * @param needs what the bucket must have for these objects, told where S3 says that a request
   *     cannot be; or nothing
   */
  PrivateObjects(S3PrivateClient client, String bucket, String needs, Failures failures) {
    this.client = client;
    this.bucket = bucket;
    this.needs = needs;
    this.failures = failures;
  }

  /** The object, if it is there. */
  Optional<Read> get(String key, Duration patience) {
    return get(r -> r.key(key), key, patience);
  }

  /** The object, if it is there; {@link Read#UNCHANGED} if it has this ETag. */
  Optional<Read> getUnless(String eTag, String key, Duration patience) {
    return get(r -> r.key(key).ifNoneMatch(eTag), key, patience);
  }

  /** One version of an object, if it is there. */
  Optional<Read> getVersion(String key, String version, Duration patience) {
    return get(r -> r.key(key).versionId(version), key, patience);
  }

  private Optional<Read> get(
      Consumer<GetObjectRequest.Builder> which, String key, Duration patience) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(bucket)
            .overrideConfiguration(o -> o.apiCallTimeout(patience));
    which.accept(request);
    try {
      Read read = client.getObject(request.build(), bounded());
      if (!read.equals(Read.TOO_LARGE)) {
        return Optional.of(read);
      }
    } catch (AwsServiceException answer) {
      if (isObjectAbsent(answer)) {
        return Optional.empty();
      }
      if (answer.statusCode() == NOT_MODIFIED) {
        return Optional.of(Read.UNCHANGED);
      }
      throw failed("read", key, answer);
    } catch (RuntimeException failure) {
      throw failed("read", key, failure);
    }
    throw malformed(key, "it has more than " + LARGEST + " bytes");
  }

  private static ResponseTransformer<GetObjectResponse, Read> bounded() {
    return (response, in) -> {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        in.abort();
        return Read.TOO_LARGE;
      }
      return new Read(
          new String(bytes, ISO_8859_1),
          response.eTag(),
          response.metadata().getOrDefault(WRITE, ""));
    };
  }

  /** A bucket that is not there has the same status, and says nothing of its objects. */
  private static boolean isObjectAbsent(AwsServiceException answer) {
    return answer.statusCode() == NOT_FOUND && !code(answer).equals("NoSuchBucket");
  }

  private static String code(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  /** Writes an object; the same once more does no harm. */
  void put(String key, String text, Duration patience) {
    Put put = putIf(key, text, patience, r -> {});
    if (put.trouble() != null) {
      throw put.trouble();
    }
    if (!put.stored()) {
      throw failed("written", key, null);
    }
  }

  /** Writes an object under a condition. */
  Put putIf(
      String key, String text, Duration patience, Consumer<PutObjectRequest.Builder> condition) {
    byte[] bytes = text.getBytes(US_ASCII);
    if (bytes.length > LARGEST) {
      throw failures.of(
          "The object "
              + OwnproofException.quote(key)
              + " would have "
              + bytes.length
              + " bytes. It was not written: nobody could read more than "
              + LARGEST
              + " bytes back.",
          null);
    }
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentType("application/json")
            .checksumSHA256(sha256(bytes))
            .overrideConfiguration(o -> o.apiCallTimeout(patience));
    condition.accept(request);
    try {
      var unused = client.putObject(request.build(), RequestBody.fromBytes(bytes));
      return new Put(true, null);
    } catch (AwsServiceException answer) {
      int status = answer.statusCode();
      if (status == PRECONDITION_FAILED || status == CONFLICT || isObjectAbsent(answer)) {
        return new Put(false, null);
      }
      OwnproofException failure = failed("written", key, answer);
      if (status >= SERVER_ERROR || status == TOO_MANY) {
        return new Put(false, failure);
      }
      throw failure;
    } catch (OwnproofException refused) {
      throw failed("written", key, refused);
    } catch (RuntimeException noAnswer) {
      return new Put(false, failed("written", key, noAnswer));
    }
  }

  /**
   * The keys with this prefix, from the first after that one on, in order, to the last; so many
   * with each call.
   */
  List<String> keys(String prefix, String after, int each, Duration patience) {
    return listing(
        prefix,
        () -> {
          List<String> keys = new ArrayList<>();
          String last = after;
          boolean more = true;
          while (more) {
            String from = last;
            ListObjectsV2Response page =
                client.listObjectsV2(
                    r ->
                        r.bucket(bucket)
                            .prefix(prefix)
                            .startAfter(from)
                            .maxKeys(each)
                            .overrideConfiguration(o -> o.apiCallTimeout(patience)));
            for (S3Object object : page.contents()) {
              keys.add(object.key());
              last = object.key();
            }
            more = page.isTruncated();
            if (more && page.contents().isEmpty()) {
              throw failures.of("A page of a list that goes on was empty. List it again.", null);
            }
          }
          return keys;
        });
  }

  /**
   * A page of the versions of the objects with this prefix, from the first key after that one on:
   * keys in order, the newest version of each first.
   */
  ListObjectVersionsResponse versions(
      String prefix, String after, @Nullable String afterVersion, int most, Duration patience) {
    return listing(
        prefix,
        () ->
            client.listObjectVersions(
                r ->
                    r.bucket(bucket)
                        .prefix(prefix)
                        .keyMarker(after)
                        .versionIdMarker(afterVersion)
                        .maxKeys(most)
                        .overrideConfiguration(o -> o.apiCallTimeout(patience))));
  }

  private <T> T listing(String prefix, Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException failure) {
      throw failed("listed", prefix, failure);
    }
  }

  /** The object is there and is not what it has to be. */
  OwnproofException malformed(String key, String why) {
    return failures.of(
        "The object "
            + OwnproofException.quote(key)
            + " in the private bucket "
            + OwnproofException.quote(bucket)
            + " is not what this library wrote: "
            + why
            + ". Find out who wrote it; until it is put right, nothing is granted on it.",
        null);
  }

  OwnproofException failed(String done, String key, @Nullable RuntimeException failure) {
    return failures.of(
        "The object "
            + OwnproofException.quote(key)
            + " in the private bucket "
            + OwnproofException.quote(bucket)
            + " could not be "
            + done
            + ": "
            + reason(failure)
            + ". Until it can be, access is denied.",
        failure);
  }

  private String reason(@Nullable RuntimeException failure) {
    if (failure instanceof OwnproofException ours) {
      return "see the cause (" + ours.code() + ")";
    }
    if (failure instanceof AwsServiceException answer) {
      String said = ("S3 answered " + answer.statusCode() + " " + code(answer)).stripTrailing();
      return answer.statusCode() == BAD_REQUEST && !needs.isEmpty() ? said + ". " + needs : said;
    }
    if (failure instanceof ApiCallTimeoutException) {
      return "S3 did not answer in time. Look at the network and at S3's state";
    }
    return failure == null
        ? "other writers were faster each time. Try again"
        : "no answer of S3 came, see the cause. Look at the network, the credentials and S3's state";
  }

  private static String sha256(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
