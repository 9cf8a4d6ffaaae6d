package io.github.ownproof.s3.internal.signing;

import java.util.List;

/**
 * What a URL is good for, apart from the object.
 *
 * @param method the HTTP method
 * @param query the parameters beside those of the signature, in the order of the URL; their names
 *     begin with lower-case letters
 * @param headers what is signed beside the host; names in lower case and sorted, values without
 *     superfluous spaces
 * @param start when it begins, in seconds of the epoch
 * @param seconds how long it is valid
 */
public record UrlTerms(
    String method, List<NameValue> query, List<NameValue> headers, long start, long seconds) {}
