package io.github.ownproof.s3;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutBucketAclRequest;
import software.amazon.awssdk.services.s3.model.PutBucketAclResponse;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.PutObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

/**
 * The calls that look after buckets, made with an asynchronous client and waited for. Whatever is
 * not here, nothing of the kind needs.
 */
final class BlockingS3 implements S3Client {

  private final S3AsyncClient s3;

  BlockingS3(S3AsyncClient s3) {
    this.s3 = s3;
  }

  /** Waits for a call; an interrupt cancels it. */
  <R> R join(CompletableFuture<R> call) {
    try {
      return call.get();
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw AbortedException.create("Interrupted while waiting for S3.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : SdkClientException.create("The call to S3 failed.", e.getCause());
    }
  }

  @Override
  public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest request) {
    return join(s3.abortMultipartUpload(request));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      CompleteMultipartUploadRequest request) {
    return join(s3.completeMultipartUpload(request));
  }

  @Override
  public CopyObjectResponse copyObject(CopyObjectRequest request) {
    return join(s3.copyObject(request));
  }

  @Override
  public CreateBucketResponse createBucket(CreateBucketRequest request) {
    return join(s3.createBucket(request));
  }

  @Override
  public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
    return join(s3.createMultipartUpload(request));
  }

  @Override
  public DeleteBucketResponse deleteBucket(DeleteBucketRequest request) {
    return join(s3.deleteBucket(request));
  }

  @Override
  public DeleteBucketPolicyResponse deleteBucketPolicy(DeleteBucketPolicyRequest request) {
    return join(s3.deleteBucketPolicy(request));
  }

  @Override
  public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
    return join(s3.deleteObject(request));
  }

  @Override
  public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
    return join(s3.deleteObjects(request));
  }

  @Override
  public DeletePublicAccessBlockResponse deletePublicAccessBlock(
      DeletePublicAccessBlockRequest request) {
    return join(s3.deletePublicAccessBlock(request));
  }

  @Override
  public GetBucketAclResponse getBucketAcl(GetBucketAclRequest request) {
    return join(s3.getBucketAcl(request));
  }

  @Override
  public GetBucketEncryptionResponse getBucketEncryption(GetBucketEncryptionRequest request) {
    return join(s3.getBucketEncryption(request));
  }

  @Override
  public GetBucketOwnershipControlsResponse getBucketOwnershipControls(
      GetBucketOwnershipControlsRequest request) {
    return join(s3.getBucketOwnershipControls(request));
  }

  @Override
  public GetBucketPolicyResponse getBucketPolicy(GetBucketPolicyRequest request) {
    return join(s3.getBucketPolicy(request));
  }

  @Override
  public GetBucketTaggingResponse getBucketTagging(GetBucketTaggingRequest request) {
    return join(s3.getBucketTagging(request));
  }

  @Override
  public GetBucketVersioningResponse getBucketVersioning(GetBucketVersioningRequest request) {
    return join(s3.getBucketVersioning(request));
  }

  @Override
  public GetBucketWebsiteResponse getBucketWebsite(GetBucketWebsiteRequest request) {
    return join(s3.getBucketWebsite(request));
  }

  @Override
  public DeleteBucketWebsiteResponse deleteBucketWebsite(DeleteBucketWebsiteRequest request) {
    return join(s3.deleteBucketWebsite(request));
  }

  @Override
  public GetObjectLockConfigurationResponse getObjectLockConfiguration(
      GetObjectLockConfigurationRequest request) {
    return join(s3.getObjectLockConfiguration(request));
  }

  @Override
  public GetPublicAccessBlockResponse getPublicAccessBlock(GetPublicAccessBlockRequest request) {
    return join(s3.getPublicAccessBlock(request));
  }

  @Override
  public HeadBucketResponse headBucket(HeadBucketRequest request) {
    return join(s3.headBucket(request));
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest request) {
    return join(s3.headObject(request));
  }

  @Override
  public GetObjectTaggingResponse getObjectTagging(GetObjectTaggingRequest request) {
    return join(s3.getObjectTagging(request));
  }

  @Override
  public ListBucketsResponse listBuckets(ListBucketsRequest request) {
    return join(s3.listBuckets(request));
  }

  @Override
  public ListMultipartUploadsResponse listMultipartUploads(ListMultipartUploadsRequest request) {
    return join(s3.listMultipartUploads(request));
  }

  @Override
  public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
    return join(s3.listObjectVersions(request));
  }

  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    return join(s3.listObjectsV2(request));
  }

  @Override
  public PutBucketAclResponse putBucketAcl(PutBucketAclRequest request) {
    return join(s3.putBucketAcl(request));
  }

  @Override
  public PutBucketEncryptionResponse putBucketEncryption(PutBucketEncryptionRequest request) {
    return join(s3.putBucketEncryption(request));
  }

  @Override
  public PutBucketOwnershipControlsResponse putBucketOwnershipControls(
      PutBucketOwnershipControlsRequest request) {
    return join(s3.putBucketOwnershipControls(request));
  }

  @Override
  public PutBucketPolicyResponse putBucketPolicy(PutBucketPolicyRequest request) {
    return join(s3.putBucketPolicy(request));
  }

  @Override
  public PutBucketTaggingResponse putBucketTagging(PutBucketTaggingRequest request) {
    return join(s3.putBucketTagging(request));
  }

  @Override
  public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest request) {
    return join(s3.putBucketVersioning(request));
  }

  @Override
  public PutObjectLockConfigurationResponse putObjectLockConfiguration(
      PutObjectLockConfigurationRequest request) {
    return join(s3.putObjectLockConfiguration(request));
  }

  @Override
  public PutPublicAccessBlockResponse putPublicAccessBlock(PutPublicAccessBlockRequest request) {
    return join(s3.putPublicAccessBlock(request));
  }

  @Override
  public UploadPartCopyResponse uploadPartCopy(UploadPartCopyRequest request) {
    return join(s3.uploadPartCopy(request));
  }

  @Override
  public String serviceName() {
    return s3.serviceName();
  }

  @Override
  public void close() {}
}
