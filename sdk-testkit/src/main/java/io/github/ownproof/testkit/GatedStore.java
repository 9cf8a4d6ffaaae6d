package io.github.ownproof.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * The store as one request sees it. S3Proxy asks it {@link #supportsVersioning()} right after it
 * verified the signature and before it does anything else: that is where the gate stands.
 */
final class GatedStore extends ForwardingBlobStore {

  private final Runnable gate;
  private final Completion completion;
  private boolean open;

  /** What has to be known of a multipart upload. */
  interface Completion {
    void begun(String uploadId);

    void completed(
        String uploadId, List<Long> partLengths, CompleteMultipartUploadResponse response);
  }

  GatedStore(BlobStore store, Runnable gate, Completion completion) {
    super(store);
    this.gate = gate;
    this.completion = completion;
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
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    MultipartUpload upload = super.initiateMultipartUpload(request);
    completion.begun(upload.id());
    return upload;
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    List<Long> lengths = lengths(upload, request);
    CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
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
