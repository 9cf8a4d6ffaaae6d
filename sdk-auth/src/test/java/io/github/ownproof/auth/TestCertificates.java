package io.github.ownproof.auth;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Two clients' certificates, and the thumbprint of the first as OpenSSL computes it. */
public final class TestCertificates {

  public static final X509Certificate CLIENT =
      read(
          "MIIBfDCCASOgAwIBAgIUaMA1xnFjPOP2HC7tZMQRJUSMgOAwCgYIKoZIzj0EAwIwEzERMA8GA1UEAwwIY2xp"
              + "ZW50LTEwIBcNMjYxMTIyMTU0ODU5WhgPMjEyNjEwMjkxNTQ4NTlaMBMxETAPBgNVBAMMCGNsaWVudC0x"
              + "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExRLr3DULerklEURlz9cmijbYuyfr3cDJZSz1llVkvNEb"
              + "jE4wKexWHtm0PCTniPzpHWxAbcvyzPSdysvz9682gKNTMFEwHQYDVR0OBBYEFGHHpaMZ46KXW+csBhxg"
              + "duWlYrTWMB8GA1UdIwQYMBaAFGHHpaMZ46KXW+csBhxgduWlYrTWMA8GA1UdEwEB/wQFMAMBAf8wCgYI"
              + "KoZIzj0EAwIDRwAwRAIgHuzKOMdndvhLDInQzu+pfqAOIsAjBk2pltXQDCg25mQCIAg616BtxgLw8DxW"
              + "iMUZosyPrfSPfxy8P90qns6VfT+w");

  public static final String CLIENT_THUMBPRINT = "VSKWw3b3W5r9ymfXiZjbmd3ox3I2tMQEh1MEk3wtM6s";

  public static final X509Certificate OTHER =
      read(
          "MIIBfDCCASOgAwIBAgIUXhVF5APqlSReqQprOGwi33RHO+wwCgYIKoZIzj0EAwIwEzERMA8GA1UEAwwIY2xp"
              + "ZW50LTIwIBcNMjYxMTIyMTU0ODU5WhgPMjEyNjEwMjkxNTQ4NTlaMBMxETAPBgNVBAMMCGNsaWVudC0y"
              + "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE0has42XXuhg5FWvkwYG2IN+PL3No1l7LpoEA6g125H5W"
              + "qgId9badhg+Gey4VW2dPO3RAN0DKSK1JK+4Nvs675aNTMFEwHQYDVR0OBBYEFMh4sASRhIh+2Qzcldkg"
              + "6FRJeVgIMB8GA1UdIwQYMBaAFMh4sASRhIh+2Qzcldkg6FRJeVgIMA8GA1UdEwEB/wQFMAMBAf8wCgYI"
              + "KoZIzj0EAwIDRwAwRAIgdSss8Qbg5Pux9ADjt6VDBpCeYr9tYj1vzr/vdVykXcUCIDFkY/b2HlCU2MDj"
              + "KwKRuYlZnrmyceU123KR78KPTOpK");

  private TestCertificates() {}

  private static X509Certificate read(String base64) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
