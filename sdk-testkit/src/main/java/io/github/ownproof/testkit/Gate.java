package io.github.ownproof.testkit;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.testkit.Operation.AnsweredBy;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3ProxyHandler;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.jspecify.annotations.Nullable;

/**
 * Lets S3Proxy verify the signature of every request, then decides, and only then lets S3Proxy or
 * one of our own calls answer. Thread-safe.
 */
final class Gate {

  /** S3Proxy looks accounts up by access key only; this tells it for which request. */
  private static final ThreadLocal<Admission> CURRENT = new ThreadLocal<>();

  private static final long LARGEST_OBJECT = 5L << 30;
  private static final long LARGEST_SIGNED_BODY = 128L << 20;
  private static final int LARGEST_CHUNK = 16 << 20;
  private static final int LARGEST_DOCUMENT = 2 << 20;
  private static final int CLOCK_SKEW_SECONDS = 15 * 60;

  private final Namespace namespace;
  private final Accounts accounts;
  private final Access access;
  private final BucketCalls bucketCalls;
  private final BlobStore store;
  private final KeyLocks locks = new KeyLocks();
  private final S3ProxyHandler s3proxy;

  Gate(Namespace namespace, Accounts accounts, BlobStore store, BucketCalls bucketCalls) {
    this.namespace = namespace;
    this.accounts = accounts;
    this.access = new Access(namespace);
    this.bucketCalls = bucketCalls;
    this.store = store;
    this.s3proxy =
        new S3ProxyHandler(
            new GatedStore(store, locks, () -> {}, ObjectExtras.NONE, (key, version) -> true),
            AuthenticationType.AWS_V4,
            "unused",
            "unused",
            null,
            LARGEST_OBJECT,
            LARGEST_SIGNED_BODY,
            LARGEST_CHUNK,
            true,
            null,
            null,
            CLOCK_SKEW_SECONDS);
    s3proxy.setBlobStoreLocator((identity, container, blob) -> CURRENT.get().locate(identity));
  }

  void handle(Exchange exchange) throws IOException {
    S3Call call = exchange.call();
    Operation operation = call.operation();
    if (operation.by() == AnsweredBy.NOBODY) {
      throw Refusal.notModelled("this operation");
    }
    if (BucketNames.TAKEN_BY_S3PROXY.equals(call.bucket()) && call.key() == null) {
      throw operation.is("CreateBucket")
          ? Refusal.invalidBucketName(BucketNames.TAKEN_BY_S3PROXY)
          : Refusal.noSuchBucket(BucketNames.TAKEN_BY_S3PROXY);
    }
    boolean own = operation.by() != AnsweredBy.S3PROXY;
    // Uploads stream. Everything else is small and read to its end before it is answered: Jetty
    // closes the connection behind a request that was not.
    boolean streams = operation.is("PutObject") || operation.is("UploadPart");
    byte[] body = streams ? new byte[0] : document(exchange.request());
    InputStream in = streams ? exchange.request().getInputStream() : new ByteArrayInputStream(body);
    Admission admission = new Admission(exchange, own);
    if (!call.signer().signed()) {
      admission.decide(null);
      if (!own) {
        s3proxy(admission, in);
      }
    } else {
      CURRENT.set(admission);
      try {
        s3proxy(admission, in);
        if (!admission.gated.wasOpened()) {
          throw new IllegalStateException("Answered without a verified signature");
        }
      } catch (Verified verified) {
        // Ours to answer.
      } finally {
        CURRENT.remove();
      }
    }
    if (own) {
      answer(exchange, body);
    } else {
      admission.extras.stored();
    }
  }

  /** Whether the caller may list the bucket; who may not, may not learn which keys are missing. */
  boolean mayList(Exchange exchange) {
    String name = exchange.call().bucket();
    Bucket bucket = name == null ? null : namespace.find(name);
    return bucket != null
        && access.allowed(exchange.call(), exchange.caller(), bucket, "s3:ListBucket", null);
  }

  private void s3proxy(Admission admission, InputStream in) throws IOException {
    Exchange exchange = admission.exchange;
    s3proxy.doHandle(exchange.request(), admission.routed, exchange.response(), in, null);
  }

  private void answer(Exchange exchange, byte[] body) throws IOException {
    S3Call call = exchange.call();
    Operation operation = call.operation();
    if (call.bucket() == null || operation.is("CreateBucket")) {
      AccountId caller = exchange.caller();
      if (caller == null) {
        throw Refusal.accessDenied();
      }
      bucketCalls.answer(exchange, caller, body);
      return;
    }
    Bucket bucket = namespace.get(call.bucket());
    switch (operation.by()) {
      case BUCKETS -> bucketCalls.answer(exchange, bucket);
      case SETTINGS -> {
        BucketSetting setting = operation.setting();
        if (setting != null) {
          SettingCalls.answer(exchange, bucket, setting, body);
        }
      }
      case ACLS -> {
        mustExist(call);
        AclCalls.answer(exchange, bucket, body);
      }
      case TAGGING -> {
        mustExist(call);
        TaggingCalls.answer(exchange, bucket, String.valueOf(call.key()), body);
      }
      default -> throw new IllegalStateException(operation.name());
    }
  }

  private void mustExist(S3Call call) {
    if (call.key() != null && !store.blobExists(String.valueOf(call.bucket()), call.key())) {
      throw Refusal.noSuchKey(call.key());
    }
  }

  private static byte[] document(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(LARGEST_DOCUMENT + 1);
    if (body.length > LARGEST_DOCUMENT) {
      throw new Refusal(400, "MaxMessageLengthExceeded", "Your request was too big.");
    }
    return body;
  }

  /** One request on its way through the gate. */
  private final class Admission {

    private final Exchange exchange;
    private final RoutedRequest routed;
    private final ObjectExtras extras;
    private final GatedStore gated;
    private @Nullable Account candidate;

    Admission(Exchange exchange, boolean own) {
      this.exchange = exchange;
      this.routed = new RoutedRequest(exchange.request());
      this.extras = new ObjectExtras(exchange, routed, namespace);
      this.gated =
          new GatedStore(
              store,
              locks,
              () -> {
                decide(candidate == null ? null : candidate.id());
                if (own) {
                  throw new Verified();
                }
              },
              extras,
              this::mayDelete);
    }

    /** The keys of one request for many are in its body, and S3 decides on each. */
    private boolean mayDelete(String key, @Nullable String versionId) {
      Bucket bucket = namespace.get(String.valueOf(exchange.call().bucket()));
      String action = versionId == null ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
      return access.allowed(exchange.call(), exchange.caller(), bucket, action, key)
          && bucket.locks().allowDeletion(exchange.call(), key, versionId, exchange.time());
    }

    @Nullable AccessGrant locate(@Nullable String accessKeyId) {
      candidate = accounts.byAccessKey(accessKeyId);
      return candidate == null ? null : new AccessGrant(candidate.secretAccessKey(), gated);
    }

    void decide(@Nullable AccountId caller) {
      exchange.verified(caller);
      access.admit(exchange.call(), caller);
      extras.check();
    }
  }

  /** Leaves S3Proxy once it verified the signature of a call that is not S3Proxy's to answer. */
  private static final class Verified extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Verified() {
      super(null, null, false, false);
    }
  }
}
