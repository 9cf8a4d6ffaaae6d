package io.github.ownproof.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * The store as one request sees it. S3Proxy asks it {@link #supportsVersioning()} right after it
 * verified the signature and before it does anything else: that is where the gate stands.
 */
final class GatedStore extends ForwardingBlobStore {

  private static final long LARGEST_IN_MEMORY = 16L << 20;

  private final Runnable gate;
  private final Completion completion;
  private final KeyPermission deletion;
  private final KeyLocks locks;
  private boolean open;

  /** Whether one key of a request for many may be touched. */
  @FunctionalInterface
  interface KeyPermission {
    boolean granted(String key, @Nullable String versionId);
  }

  /** What has to be known of a multipart upload. */
  interface Completion {
    void begun(String uploadId);

    void completed(
        String uploadId, List<Long> partLengths, CompleteMultipartUploadResponse response);
  }

  GatedStore(
      BlobStore store,
      KeyLocks locks,
      Runnable gate,
      Completion completion,
      KeyPermission deletion) {
    super(store);
    this.locks = locks;
    this.gate = gate;
    this.completion = completion;
    this.deletion = deletion;
  }

  /** Whether the request came as far as the gate and was let through. */
  boolean wasOpened() {
    return open;
  }

  @Override
  public boolean supportsVersioning() {
    if (!open) {
      gate.run();
      open = true;
    }
    return super.supportsVersioning();
  }

  /** S3Proxy asks for unsigned requests only; those have been admitted before. */
  @Override
  public BucketCannedACL getContainerAccess(String container) {
    return BucketCannedACL.PUBLIC_READ_WRITE;
  }

  @Override
  public ObjectCannedACL getBlobAccess(String container, String name) {
    return ObjectCannedACL.PUBLIC_READ;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    boolean conditional = request.ifMatch() != null || request.ifNoneMatch() != null;
    Long length = request.contentLength();
    if (!conditional && (length == null || length > LARGEST_IN_MEMORY)) {
      return super.putBlob(request, payload);
    }
    // Read to its end before: nobody waits for a slow client's body.
    InputStream whole = new ByteArrayInputStream(all(payload));
    return locks.alone(
        request.bucket(),
        request.key(),
        () -> {
          if (conditional) {
            check(request);
          }
          return super.putBlob(request, whole);
        });
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    return locks.shared(request.bucket(), request.key(), () -> super.getBlob(request));
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    return locks.shared(request.bucket(), request.key(), () -> super.blobMetadata(request));
  }

  private void check(PutObjectRequest request) {
    HeadObjectResponse current = super.blobMetadataIfPresent(request.bucket(), request.key());
    String ifMatch = request.ifMatch();
    if (ifMatch != null && current == null) {
      throw Refusal.noSuchKey(request.key());
    }
    boolean changed = ifMatch != null && current != null && !matches(ifMatch, current);
    boolean there =
        request.ifNoneMatch() != null && current != null && matches(request.ifNoneMatch(), current);
    if (changed || there) {
      throw Refusal.preconditionFailed(changed ? "If-Match" : "If-None-Match");
    }
  }

  private static boolean matches(String condition, HeadObjectResponse current) {
    return condition.equals("*")
        || condition.replace("\"", "").equals(current.eTag().replace("\"", ""));
  }

  private static byte[] all(InputStream payload) {
    try {
      return payload.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return locks.alone(
        request.destinationBucket(), request.destinationKey(), () -> super.copyBlob(request));
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    return locks.alone(request.bucket(), request.key(), () -> super.removeBlob(request));
  }

  /**
   * S3 refuses single keys, in an answer that is a success. The others are removed one by one, by
   * {@link #removeBlob}.
   */
  @Override
  public DeleteObjectsResponse removeBlobs(DeleteObjectsRequest request) {
    Map<Boolean, List<ObjectIdentifier>> asked =
        request.delete().objects().stream()
            .collect(Collectors.partitioningBy(o -> deletion.granted(o.key(), o.versionId())));
    List<ObjectIdentifier> granted = asked.getOrDefault(true, List.of());
    DeleteObjectsResponse done =
        granted.isEmpty()
            ? DeleteObjectsResponse.builder().build()
            : super.removeBlobs(request.toBuilder().delete(d -> d.objects(granted)).build());
    List<S3Error> errors = new ArrayList<>(done.errors());
    for (ObjectIdentifier refused : asked.getOrDefault(false, List.of())) {
      errors.add(
          S3Error.builder()
              .key(refused.key())
              .versionId(refused.versionId())
              .code("AccessDenied")
              .message("Access Denied")
              .build());
    }
    return done.toBuilder().errors(errors).build();
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    MultipartUpload upload = super.initiateMultipartUpload(request);
    completion.begun(upload.id());
    return upload;
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    List<Long> lengths = lengths(upload, request);
    CompleteMultipartUploadResponse response =
        locks.alone(
            request.bucket(), request.key(), () -> super.completeMultipartUpload(upload, request));
    completion.completed(upload.id(), lengths, response);
    return response;
  }

  private List<Long> lengths(MultipartUpload upload, CompleteMultipartUploadRequest request) {
    Map<Integer, Long> uploaded =
        super.listMultipartUpload(upload).stream()
            .collect(Collectors.toMap(Part::partNumber, Part::size));
    List<Long> lengths = new ArrayList<>();
    for (CompletedPart part : request.multipartUpload().parts()) {
      lengths.add(uploaded.getOrDefault(part.partNumber(), 0L));
    }
    return lengths;
  }
}
