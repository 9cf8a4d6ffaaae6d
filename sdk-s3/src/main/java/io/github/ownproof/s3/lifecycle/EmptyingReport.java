package io.github.ownproof.s3.lifecycle;

/**
 * What {@code emptyAndKeep} removed. Immutable and thread-safe.
 *
 * @param objectsRemoved objects, versions and delete markers, counted one by one
 * @param uploadsAborted multipart uploads that were under way
 */
public record EmptyingReport(long objectsRemoved, long uploadsAborted) {}
