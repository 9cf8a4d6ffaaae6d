package io.github.ownproof.s3;

import io.github.ownproof.core.telemetry.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * What an S3 operation needs to be owned, told from its request's own model.
 *
 * <p>An operation whose request takes a bucket and an expected owner is owned. The few that cannot
 * carry one are listed here by name, and only here; an operation of a newer AWS SDK that is on no
 * list and cannot carry an owner is refused.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html">
 *     Verifying bucket ownership with bucket owner condition</a>
 */
final class S3Operation {

  /** The member that names a canned ACL. */
  static final String ACL = "ACL";

  enum Kind {
    /** Takes a bucket and its owner. */
    OWNED,
    /** Takes two buckets and their owners. */
    COPY,
    /** Makes the bucket whose owner could be expected. */
    CREATE_BUCKET,
    /** Reaches no bucket. */
    NO_BUCKET,
    /** A finished URL, which must carry the owner itself. */
    PRESIGNED_URL,
    /** Reaches a bucket and cannot carry its owner. */
    REFUSED
  }

  /** These reach no bucket, so there is no owner to expect. */
  private static final Set<String> NO_BUCKET =
      Set.of("ListBuckets", "ListDirectoryBuckets", "WriteGetObjectResponse");

  /** These reach a bucket, and S3 gives them no way to expect its owner. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "CreateSession",
          "S3 has no way to expect the owner of the directory bucket it opens a session with."
              + " Directory buckets work without sessions: disableS3ExpressSessionAuth(true).",
          "RenameObject",
          "S3 has no way to expect the bucket's owner on it. Copy the object and delete the old"
              + " one.");

  private static final ConcurrentMap<Class<?>, S3Operation> KNOWN = new ConcurrentHashMap<>();

  private final String name;
  private final Kind kind;
  private final Tag tag;
  private final @Nullable SdkField<?> bucket;
  private final @Nullable SdkField<?> owner;
  private final @Nullable SdkField<?> sourceBucket;
  private final @Nullable SdkField<?> copySource;
  private final @Nullable SdkField<?> sourceOwner;
  private final List<SdkField<?>> grants;
  private final PublicAccess.@Nullable Judgement judgement;
  private final boolean freesName;

  private S3Operation(SdkRequest request) {
    Class<?> type = request.getClass();
    String simpleName = type.getSimpleName();
    this.name =
        simpleName.endsWith("Request")
            ? simpleName.substring(0, simpleName.length() - "Request".length())
            : simpleName;
    this.sourceBucket = field(request, "SourceBucket");
    this.copySource = field(request, "CopySource");
    this.sourceOwner = field(request, "ExpectedSourceBucketOwner");
    this.bucket = field(request, sourceBucket == null ? "Bucket" : "DestinationBucket");
    this.owner = field(request, "ExpectedBucketOwner");
    this.grants =
        request.sdkFields().stream()
            .<SdkField<?>>map(field -> field)
            .filter(field -> isGrant(field.memberName()))
            .toList();
    this.kind = classify();
    this.judgement = PublicAccess.judgement(name);
    this.freesName = name.equals("DeleteBucket");
    this.tag = Tag.of(Tag.OPERATION, name);
  }

  private Kind classify() {
    if (NO_BUCKET.contains(name)) {
      return Kind.NO_BUCKET;
    }
    if (name.equals("CreateBucket")) {
      return Kind.CREATE_BUCKET;
    }
    if (name.equals("PresignedUrlDownloadRequestWrapper")) {
      return Kind.PRESIGNED_URL;
    }
    if (REFUSED.containsKey(name) || bucket == null || owner == null) {
      return Kind.REFUSED;
    }
    if (sourceBucket == null) {
      return Kind.OWNED;
    }
    return sourceOwner == null || copySource == null ? Kind.REFUSED : Kind.COPY;
  }

  /** Members that say who else may read or write, those of newer operations included. */
  private static boolean isGrant(String memberName) {
    return memberName.equals(ACL)
        || memberName.equals("AccessControlPolicy")
        || memberName.startsWith("Grant");
  }

  /** Most calls are one of these, and comparing a type costs less than looking it up. */
  private static final class Frequent {

    static final S3Operation GET = new S3Operation(GetObjectRequest.builder().build());
    static final S3Operation PUT = new S3Operation(PutObjectRequest.builder().build());
    static final S3Operation HEAD = new S3Operation(HeadObjectRequest.builder().build());

    private Frequent() {}
  }

  /** The operation of a request; its fields are looked up once per type. */
  static S3Operation of(SdkRequest request) {
    if (request instanceof GetObjectRequest) {
      return Frequent.GET;
    }
    if (request instanceof PutObjectRequest) {
      return Frequent.PUT;
    }
    if (request instanceof HeadObjectRequest) {
      return Frequent.HEAD;
    }
    S3Operation known = KNOWN.get(request.getClass());
    if (known != null) {
      return known;
    }
    S3Operation operation = new S3Operation(request);
    KNOWN.putIfAbsent(request.getClass(), operation);
    return operation;
  }

  private static @Nullable SdkField<?> field(SdkRequest request, String memberName) {
    for (SdkField<?> field : request.sdkFields()) {
      if (field.memberName().equals(memberName)) {
        return field;
      }
    }
    return null;
  }

  /** The operation, for metrics. */
  Tag tag() {
    return tag;
  }

  /** The operation's name as S3 documents it, e.g. {@code PutObject}. */
  String name() {
    return name;
  }

  Kind kind() {
    return kind;
  }

  /** Whether its request says who must own the bucket. */
  boolean carriesOwner() {
    return kind == Kind.OWNED || kind == Kind.COPY || kind == Kind.PRESIGNED_URL;
  }

  /** Why a refused operation is. */
  String refusal() {
    return REFUSED.getOrDefault(
        name,
        "it is new in this version of the AWS SDK and takes no expected owner. Ownproof lets out"
            + " only what can carry one.");
  }

  /** Whether, and what, its request may open by other members than grants; null: nothing. */
  PublicAccess.@Nullable Judgement judgement() {
    return judgement;
  }

  /** Whether it takes a bucket's name away from its account. */
  boolean freesName() {
    return freesName;
  }

  /** The members of its request that grant something to others. */
  List<SdkField<?>> grants() {
    return grants;
  }

  @Nullable String bucket(SdkRequest request) {
    return read(bucket, request);
  }

  @Nullable String owner(SdkRequest request) {
    return read(owner, request);
  }

  @Nullable String sourceBucket(SdkRequest request) {
    return read(sourceBucket, request);
  }

  @Nullable String copySource(SdkRequest request) {
    return read(copySource, request);
  }

  @Nullable String sourceOwner(SdkRequest request) {
    return read(sourceOwner, request);
  }

  void setBucket(SdkRequest.Builder builder, String physicalName) {
    write(bucket, builder, physicalName);
  }

  void setOwner(SdkRequest.Builder builder, String account) {
    write(owner, builder, account);
  }

  /** For a request that carries its owner in another way. */
  void clearOwner(SdkRequest.Builder builder) {
    write(owner, builder, null);
  }

  void setSourceBucket(SdkRequest.Builder builder, String physicalName) {
    write(sourceBucket, builder, physicalName);
  }

  void setCopySource(SdkRequest.Builder builder, String value) {
    write(copySource, builder, value);
  }

  void setSourceOwner(SdkRequest.Builder builder, String account) {
    write(sourceOwner, builder, account);
  }

  private static @Nullable String read(@Nullable SdkField<?> field, SdkRequest request) {
    return field == null ? null : (String) field.getValueOrDefault(request);
  }

  private static void write(
      @Nullable SdkField<?> field, SdkRequest.Builder builder, @Nullable String value) {
    if (field != null) {
      field.set(builder, value);
    }
  }
}
