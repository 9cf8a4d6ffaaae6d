package io.github.ownproof.s3;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.s3.internal.signing.NameValue;
import io.github.ownproof.s3.internal.signing.SigningScope;
import io.github.ownproof.s3.internal.signing.SigningScopes;
import io.github.ownproof.s3.internal.signing.UrlSigner;
import io.github.ownproof.s3.internal.signing.UrlTarget;
import io.github.ownproof.s3.internal.signing.UrlTerms;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * From what was asked for to a signed URL: the bucket and its owner, the credentials, the lifetime,
 * and who signs. Thread-safe.
 */
final class Presigning {

  private static final int MOST_BUCKETS = 4_096;

  private final ClientSettings.Resolved settings;
  private final OwnerPlacement placement;
  private final Clock clock;
  private final OwnedRequests requests;
  private final AwsPresigners presigners;
  private final UrlGate gate;
  private final SigningScopes scopes = new SigningScopes();
  private final ConcurrentHashMap<String, BucketUrls> urls = new ConcurrentHashMap<>();

  Presigning(ClientSettings.Resolved settings, OwnerPlacement placement, Clock clock) {
    this.settings = settings;
    this.placement = placement;
    this.clock = clock;
    this.requests = OwnedRequests.ofCallers(settings.buckets());
    this.presigners = new AwsPresigners(settings, placement);
    this.gate = new UrlGate(placement, settings.endpoint());
  }

  AwsPresigners presigners() {
    return presigners;
  }

  UrlGate gate() {
    return gate;
  }

  PrivateBuckets buckets() {
    return settings.buckets();
  }

  /** URLs of many objects on the same terms, in the order of their keys. */
  List<PresignedUrl> presign(
      String bucket, Iterable<String> keys, Duration duration, UrlExtras extras) {
    PrivateBucket resolved = settings.buckets().resolve(bucket);
    AwsCredentialsIdentity identity = identity();
    UrlLifetime lifetime = UrlLifetime.of(duration, identity, clock);
    Batch batch = new Batch(resolved, identity, lifetime, extras);
    List<PresignedUrl> signed = new ArrayList<>();
    try {
      for (String key : keys) {
        signed.add(batch.sign(Objects.requireNonNull(key, "key")));
      }
    } finally {
      batch.end();
    }
    return List.copyOf(signed);
  }

  /** The URL of one object. */
  PresignedUrl presign(String bucket, String key, Duration duration, UrlExtras extras) {
    Objects.requireNonNull(key, "key");
    PrivateBucket resolved = settings.buckets().resolve(bucket);
    AwsCredentialsIdentity identity = identity();
    Batch batch = new Batch(resolved, identity, UrlLifetime.of(duration, identity, clock), extras);
    try {
      return batch.sign(key);
    } finally {
      batch.end();
    }
  }

  /** What a request of the AWS SDK comes to. */
  @SuppressWarnings("unchecked") // owning a request keeps its type
  <T extends AwsRequest> UrlDraft<T> draft(T request, Duration duration) {
    refuseDetours(request);
    T owned = (T) requests.own(request);
    PrivateBucket bucket = bucket(owned);
    String key = owned.getValueForField("Key", String.class).orElse(null);
    if (key != null) {
      checkKey(key);
    }
    AwsCredentialsIdentity identity = identity(owned);
    UrlLifetime lifetime = UrlLifetime.of(duration, identity, clock);
    UrlExtras extras = key == null ? null : UrlExtras.of(owned);
    SignedUrl signed =
        extras == null
            ? null
            : signHere(new Batch(bucket, identity, lifetime, extras), Objects.requireNonNull(key));
    return new UrlDraft<>(this, owned, bucket, identity, lifetime, signed);
  }

  /** Null if the AWS SDK has to do it. */
  private static @Nullable SignedUrl signHere(Batch batch, String key) {
    if (!batch.isSignedHere(key)) {
      return null;
    }
    try {
      return batch.signHere(key);
    } finally {
      batch.end();
    }
  }

  private PrivateBucket bucket(AwsRequest owned) {
    S3Operation operation = S3Operation.of(owned);
    String name = operation.bucket(owned);
    PrivateBucket bucket = name == null ? null : settings.buckets().names().byPhysicalName(name);
    if (bucket == null) {
      throw UnguardedRequestException.operation(
          operation.name(), quote(name) + " is not a private bucket. Its URLs need no signature.");
    }
    return bucket;
  }

  /** These would lead past what is looked at here. */
  private static void refuseDetours(AwsRequest request) {
    AwsRequestOverrideConfiguration override = request.overrideConfiguration().orElse(null);
    if (override == null) {
      return;
    }
    String what =
        !override.plugins().isEmpty()
            ? "a plugin"
            : override.endpointProvider().isPresent()
                ? "an endpoint provider"
                : override.signer().isPresent()
                    ? "a signer"
                    : override.rawQueryParameters().keySet().stream()
                        .filter(UrlGate::isOfTheSignature)
                        .findFirst()
                        .map(name -> "the query parameter " + quote(name))
                        .orElse(null);
    if (what != null) {
      throw UnguardedRequestException.operation(
          S3Operation.of(request).name(),
          "its override configuration has "
              + what
              + ", which a presigner cannot guard. Leave it out.");
    }
  }

  private AwsCredentialsIdentity identity(AwsRequest owned) {
    IdentityProvider<? extends AwsCredentialsIdentity> own =
        owned
            .overrideConfiguration()
            .flatMap(AwsRequestOverrideConfiguration::credentialsIdentityProvider)
            .orElse(null);
    return own == null ? identity() : usable(resolve(own));
  }

  private AwsCredentialsIdentity identity() {
    try {
      return usable(settings.credentials().resolveCredentials());
    } catch (SigningCredentialsException e) {
      throw e;
    } catch (RuntimeException e) {
      throw SigningCredentialsException.absent(e);
    }
  }

  private static AwsCredentialsIdentity resolve(
      IdentityProvider<? extends AwsCredentialsIdentity> provider) {
    try {
      return provider.resolveIdentity().join();
    } catch (CompletionException e) {
      throw SigningCredentialsException.absent(
          e.getCause() instanceof RuntimeException cause ? cause : e);
    } catch (RuntimeException e) {
      throw SigningCredentialsException.absent(e);
    }
  }

  private static AwsCredentialsIdentity usable(@Nullable AwsCredentialsIdentity identity) {
    if (identity == null || identity.accessKeyId() == null || identity.secretAccessKey() == null) {
      throw SigningCredentialsException.anonymous();
    }
    return identity;
  }

  private BucketUrls urls(PrivateBucket bucket) {
    BucketUrls known = urls.get(bucket.physicalName());
    if (known != null && known.isFor(bucket)) {
      return known;
    }
    BucketUrls asked = BucketUrls.of(bucket, presigners, gate, placement);
    if (urls.size() >= MOST_BUCKETS) {
      urls.clear();
    }
    urls.put(bucket.physicalName(), asked);
    return asked;
  }

  private static void checkNotEmpty(String key) {
    if (key.isEmpty()) {
      throw PresigningException.key(
          "An empty key names no object; its URL would be the bucket's. Give the object's key.");
    }
  }

  private static void checkKey(String key) {
    checkNotEmpty(key);
    for (int i = 0; i < key.length(); i++) {
      if (Character.isSurrogate(key.charAt(i))) {
        if (!Character.isHighSurrogate(key.charAt(i))
            || i + 1 == key.length()
            || !Character.isLowSurrogate(key.charAt(i + 1))) {
          throw PresigningException.key(
              "The key "
                  + quote(key)
                  + " is no text: it holds half of a surrogate pair, at index "
                  + i
                  + ". Its URL would name another object.");
        }
        i++;
      }
    }
  }

  /** URLs that share all but their keys. */
  private final class Batch {

    private final PrivateBucket bucket;
    private final AwsCredentialsIdentity identity;
    private final UrlLifetime lifetime;
    private final UrlExtras extras;
    private final @Nullable UrlTarget target;
    private final List<NameValue> headers;
    private final List<NameValue> signed;
    private final UrlTerms terms;
    private @Nullable SigningScope scope;
    private @Nullable UrlSigner signer;

    Batch(
        PrivateBucket bucket,
        AwsCredentialsIdentity identity,
        UrlLifetime lifetime,
        UrlExtras extras) {
      this.bucket = bucket;
      this.identity = identity;
      this.lifetime = lifetime;
      this.extras = extras;
      BucketUrls urls = bucket.kind() == S3Resource.BUCKET ? urls(bucket) : null;
      this.target = urls == null ? null : urls.target();
      List<NameValue> owner = urls == null ? List.of() : urls.owner();
      boolean inQuery = placement == OwnerPlacement.QUERY;
      this.headers = inQuery ? extras.headers() : joined(extras.headers(), owner);
      // By name the owner comes after all headers that are written here.
      this.signed = inQuery ? extras.signed() : joined(extras.signed(), owner);
      this.terms =
          new UrlTerms(
              extras.method(),
              inQuery ? joined(extras.query(), owner) : extras.query(),
              signed,
              lifetime.start(),
              lifetime.seconds());
    }

    PresignedUrl sign(String key) {
      checkNotEmpty(key);
      if (isSignedHere(key)) {
        return signHere(key).toPresignedUrl();
      }
      checkKey(key);
      return AwsUrls.sign(Presigning.this, bucket, identity, lifetime, extras, key);
    }

    /** If not, the AWS SDK has to do it. */
    boolean isSignedHere(String key) {
      return target != null && isSimple(target, key);
    }

    /** Encoding a key checks it; only one that fails is looked at for what to say. */
    SignedUrl signHere(String key) {
      UrlTarget found = Objects.requireNonNull(target);
      try {
        UrlSigner mine = signer == null ? begin(found) : signer;
        return new SignedUrl(
            mine.sign(key), extras.method(), found.host(), headers, signed, lifetime);
      } catch (IllegalArgumentException e) {
        checkKey(key);
        throw PresigningException.terms(
            "A parameter of the request is no text: it holds half of a surrogate pair.");
      }
    }

    /** In a path after the bucket, dots may climb out of it, and a first slash may get lost. */
    private static boolean isSimple(UrlTarget found, String key) {
      return found.isRoot() || !(key.contains("..") || key.startsWith("/"));
    }

    private UrlSigner begin(UrlTarget found) {
      SigningScope here = scopes.of(identity, bucket.region(), lifetime.start());
      UrlSigner mine = here.borrow();
      scope = here;
      signer = mine;
      mine.begin(found, terms);
      return mine;
    }

    void end() {
      if (scope != null && signer != null) {
        scope.giveBack(signer);
      }
    }
  }

  private static List<NameValue> joined(List<NameValue> some, List<NameValue> owner) {
    if (some.isEmpty()) {
      return owner;
    }
    List<NameValue> all = new ArrayList<>(some);
    all.addAll(owner);
    return all;
  }
}
