package io.github.ownproof.s3.internal.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * What one identity signs with, in one region, on one day: the signing key, and what of a URL
 * follows from it. Keeps some signers for the next caller. Thread-safe; says nothing of itself.
 */
public final class SigningScope {

  private static final int SLOTS = 16;

  /** So many numbers lie between two slots that no two share a line of a processor's cache. */
  private static final int APART = 32;

  /**
   * A garbage collector moves the signers of several threads side by side, where writing to one
   * slows down who uses the other. One that is made anew lies in memory of the thread that made it.
   */
  private static final int MOST_USES = 1_024;

  private static final int ELSEWHERE = -1;
  private static final int LOOKED_AT = 4;
  private static final String SERVICE = "s3";
  private static final String END = "aws4_request";

  private final long epochDay;
  private final String region;
  private final String accessKeyId;
  private final String secretAccessKey;
  private final @Nullable String sessionToken;

  private final byte[] date;
  private final byte[] name;
  private final byte[] credential;
  private final byte @Nullable [] token;
  private final SecretKeySpec key;
  private final @Nullable UrlSigner[] signers = new UrlSigner[SLOTS];

  /** For each slot whether it is taken and, next to it, how often its signer was used. */
  private final AtomicIntegerArray taken = new AtomicIntegerArray((SLOTS + 1) * APART);

  SigningScope(AwsCredentialsIdentity identity, String region, long epochDay) {
    this.epochDay = epochDay;
    this.region = region;
    this.accessKeyId = identity.accessKeyId();
    this.secretAccessKey = identity.secretAccessKey();
    this.sessionToken = sessionToken(identity);
    String day = DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofEpochDay(epochDay));
    String scope = day + '/' + region + '/' + SERVICE + '/' + END;
    this.date = Bytes.ascii(day);
    this.name = Bytes.ascii(scope);
    this.credential = encoded(accessKeyId + '/' + scope);
    this.token = sessionToken == null ? null : encoded(sessionToken);
    this.key = signingKey(day);
  }

  private static @Nullable String sessionToken(AwsCredentialsIdentity identity) {
    return identity instanceof AwsSessionCredentialsIdentity session
        ? session.sessionToken()
        : null;
  }

  private static byte[] encoded(String text) {
    return new Bytes(256).addEncoded(text, false).toByteArray();
  }

  private SecretKeySpec signingKey(String day) {
    try {
      byte[] step = new Bytes(64).addPlain("AWS4").add(utf8(secretAccessKey)).toByteArray();
      for (String text : new String[] {day, region, SERVICE, END}) {
        Mac mac = UrlSigner.mac(new SecretKeySpec(step, UrlSigner.HMAC));
        step = mac.doFinal(utf8(text));
      }
      return new SecretKeySpec(step, UrlSigner.HMAC);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM has no HMAC with SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  boolean isFor(AwsCredentialsIdentity identity, String otherRegion, long day) {
    return epochDay == day
        && region.equals(otherRegion)
        && accessKeyId.equals(identity.accessKeyId())
        && secretAccessKey.equals(identity.secretAccessKey())
        && Objects.equals(sessionToken, sessionToken(identity));
  }

  /** A signer that nobody else uses until it is given back. */
  public UrlSigner borrow() {
    // Any spread will do: whoever finds nothing makes a signer.
    int start = (int) Thread.currentThread().getId();
    for (int i = 0; i < LOOKED_AT; i++) {
      int slot = (start + i) & (SLOTS - 1);
      if (taken.get(place(slot)) == 0 && taken.compareAndSet(place(slot), 0, 1)) {
        UrlSigner kept = signers[slot];
        return kept == null ? new UrlSigner(this, key, slot) : kept;
      }
    }
    return new UrlSigner(this, key, ELSEWHERE);
  }

  /** Ends the use of a signer. Always called, or its slot stays taken. */
  public void giveBack(UrlSigner signer) {
    int slot = signer.slot();
    if (slot == ELSEWHERE) {
      return;
    }
    int uses = taken.getPlain(place(slot) + 1) + 1;
    boolean isWorn = uses >= MOST_USES;
    taken.setPlain(place(slot) + 1, isWorn ? 0 : uses);
    UrlSigner kept = signer.isKept() && !isWorn ? signer : null;
    // Written only if it is news: a reference that is stored marks memory that other slots share.
    if (signers[slot] != kept) {
      signers[slot] = kept;
    }
    taken.setRelease(place(slot), 0);
  }

  private static int place(int slot) {
    return (slot + 1) * APART;
  }

  long epochDay() {
    return epochDay;
  }

  byte[] date() {
    return date;
  }

  byte[] name() {
    return name;
  }

  byte[] credential() {
    return credential;
  }

  byte @Nullable [] token() {
    return token;
  }

  @Override
  public String toString() {
    return "SigningScope";
  }
}
