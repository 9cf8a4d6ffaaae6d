package io.github.ownproof.auth.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A signature that is right, to see that a provider accepts it and refuses what differs from it by
 * one bit.
 *
 * @param algorithm the algorithm
 * @param keyType the JCA name of the key's type
 * @param key the public key, an X.509 SubjectPublicKeyInfo in base64url
 * @param signature the signature over {@code ownproof known answer}, base64url
 */
record KnownAnswer(JwsAlgorithm algorithm, String keyType, String key, String signature) {

  private static final String RSA_KEY =
      "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAjqek3QpyHba3sK_6YwO4-QflJgMUDxEA"
          + "UF-iSzZyeaPKLA321YdiBRrgKy3k7_HYMjD1wG2OTaIKX8djCHX6XZ48qy4OKs63VPThAQ6UfONG"
          + "z4dMdljRV35SN94Wk1L-d91mwFKyOgFHjeHZ8l5jBa5fsycuJQ3rMZbQKybpobetS9yjeSYMxgFP"
          + "rRHswaOCPMqqQGhW9_qGl5pcOIejV3f46ihaW2HOB6FHEOUn6ajHp_LZNPYbc8OmqRnoqAxqKe17"
          + "zjX7-GLRYDRR7YnHl4hmYHmEIb39g8ECPYTF4J16sRjMg-s6RicsKvT7CkJ5YReQOSEqNUCUqQWf"
          + "NRse9wIDAQAB";

  private static final String P256_KEY =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEIhCGafVnv-37IBDLHnk4ya3Gi_9c5g2337rEan4W"
          + "it-2YjPLHAzDwf_ZAbs0uTcKjT6i792I2DigEjPOIReIQA";

  private static final String P384_KEY =
      "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAERyVETt5QECIqhcJ7UCELuqqCL9Yal1v_Fz8ojVun3MMG"
          + "0KlH_67EFhlCWXx-3Ym16i41XvdcIiD6fMxNnKHnoi_HNtli6kTV7Butr_o729EhJAHckGne6EL9"
          + "rISJREsY";

  private static final String P521_KEY =
      "MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQBurtGkpVhKk4gxf98wt8608zPy25-3gCXx0dR4gnz"
          + "KLORcZMR6ATiREzYZHO63PkLsdeta562wTVLUAmvTRTctHQA5ADspXdVNr9jM5VNZGnrHw1vkyO3"
          + "akXcDqQDSyV73_ysFu-YpdkReswW39zKi9xJwvNpPJOV_4Yis4M16cS8bZ0";

  private static final String ED25519_KEY =
      "MCowBQYDK2VwAyEAe5YmlQ5ZhmS0yQQmeGQ6BK29JLoS5UvcEZxmPGxIK9o";

  static KnownAnswer of(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256 ->
          new KnownAnswer(
              algorithm,
              "RSA",
              RSA_KEY,
              "UALr2cxANyWfMA0JM39Emxu8UjzkDE5yLm_YLWujlCDeRT1vlCVd2MRMhm1RijWKhi3Z8we6quK8"
                  + "5sDViQQ1rk1am5WiXhIv0E9AeE9rRisV75W0Li24BWOZGV7taIYEzU5PRDvRE3sKH4wuGBEUWwOT"
                  + "PKtEHgXuw87xv052ilIvJdRZTqEVBfvMRhTklJUM1RceExxWnlILIDc0IlVzTL75a6SWavk4oPsj"
                  + "Zg24lCw9kJ_13UO7NRZJ3BdL7aqE9eLVZeEF5zSC_-TgZDOYsLi0cjBD51v6qw9uq7Z6C5bpaZN0"
                  + "s-61BKIMyxpuY2djry3yYZWlGXSSKm34cLCWuA");
      case RS384 ->
          new KnownAnswer(
              algorithm,
              "RSA",
              RSA_KEY,
              "Guq0I31lmbY3nlnX-EXCni8Sr40i6JueFKJP7rQFaGNcDjwV7tztAqB5M21JNQwZjpwbHwFsgsAg"
                  + "z9_aXCq7nnOI0rsTgCaL9N4oDoZ3TzasGQX8TDzIvTsX26SNgvFJkHecrXyqAE1qkn3H3aMZQbqG"
                  + "P14dEHMcVVe8zLRoCSUKY4A0gH7uOfpNnbg4f9gj34civlAMKmqT4kxKASeSe_D4hz7CW2hMC8is"
                  + "rwWX2RWaICX9Tr4-dR3hVLjSUve462prCx8wdTlgzmf0UBvkFFYxrMhjyhAonko_O_kFl6D0FhrP"
                  + "NSB4coiaio0Ym6dgidq9G3pU_whZ02_ldpUkAw");
      case RS512 ->
          new KnownAnswer(
              algorithm,
              "RSA",
              RSA_KEY,
              "fNIy5GdtEkjeWmvM0QKVToPH2V7MfGecWh5ywdF4mD_banYUKyb0iVRpe5H9TyEJLo64vTuX6b17"
                  + "s-JKbMFhbOyYZKIyvDVnt1ylBbAr4hUHuFP6ZVhRZYou9zZW_vapAJLdulistxuolF6KpBeD2RoS"
                  + "zR5Zx-4S5Azm2mibBP5rPW9K7fF_J8B4m3qYxj7oSYdk6HAgty68pnukfFJvLmBntFcWmWbT1cIX"
                  + "ctA8t5v2B8WL8JkcXSRpDZ2XzrPRWgxmiXLzqu_NFaJMcXZ6WP0MhNelqFXLIYEaT2NgxZrBcDLp"
                  + "Rj_sR07tzpFpFULVj_M9nTnutjAHwoLC41BVzQ");
      case PS256 ->
          new KnownAnswer(
              algorithm,
              "RSA",
              RSA_KEY,
              "aBSrVYyV4ceSaE9ieoKMBxp1FayYQfFjklr_m47aUa03QFJW7G48mdDEggAb2nNHOqS4qaIN-Ema"
                  + "tbRKfZUIOg1B1BffAr6E5v7gnP1gQl6fi_A6z1G11ZAsadJcsJivpchoJgwIaMCIETHlARE03J-s"
                  + "T2bMRQVxYW4Wq-F7GkSyl3RzpeIS0d0GeSAtmey4Cd5hA4Ij-GKIahSc_SovxNceCBGqq5myPcqu"
                  + "9FYSMzdlKHzmElOg8tlFOXi9J4toqLcD_Z9vWpjq__Ach3swjlFPjIrZ5OXwRvldskV3CXZSgfao"
                  + "6_d1TiS81VdkOFLr7aC3BTVfF9uVecrY-U9mIQ");
      case PS384 ->
          new KnownAnswer(
              algorithm,
              "RSA",
              RSA_KEY,
              "GY40AhXCi-Zp4R7DFmwYVfXUwShXPy6Z57mN2G6MM3El-UbAMnbhlfZv--Lh0RumwAN8zRtNPTBU"
                  + "CTQr35BxeBgqH_pKSBS7MY20wDfh8PFbop3Ds2t2g4ps0P7cHH-0tO0nwMxojHMw4pWf48cpEPpc"
                  + "hPFLAE8bNaXR3GBDHSMbDJcq7Gn7pbXVc5OD6oFfgN_C9arvmL8_EM4oRUreOUCQ-aWMKAtvl5Sk"
                  + "7VBRl-NeRGyKi83d31oh3MdYUJmHwFSuVMCOhaAWvBgkBkc3CAUh-QD3MLB0_2pQWLOIkCLG_pDw"
                  + "P0PG8NgDCXGUT6L5fxRdFUp6vNI1L1wnRqK4-w");
      case PS512 ->
          new KnownAnswer(
              algorithm,
              "RSA",
              RSA_KEY,
              "gzCyjLv_1WPr6pazAeriujA-BJQ0g8jjSCltfFjR3lBLa-fW6y5rMq5SiwG6X7icd355fm_sfgcr"
                  + "N-YTTiFZmceEuYz5KWJNrTw2HXZ1xnNwfb5GaakhqT9LpUuXlmsvaY-6ylC24hWNN-jyasmc_UVp"
                  + "ITc4k1Rj2yU5zYlAUhqD1Rp0rHt4zas6p5OPFoVmasKCNnI2CsFoD91vZw9d0QqfrNz3wr5Cp1zc"
                  + "Z-nvi6DdA4wRAtsTg8lwmea_iM6uSUXkLUG9QLIed7crY5Ww6XUX-puzg_CT5TC_TzQmetuxkUR6"
                  + "maCUKvcc0zQbs5sxsPbtoIegDVjTi_n96412bQ");
      case ES256 ->
          new KnownAnswer(
              algorithm,
              "EC",
              P256_KEY,
              "Zi9J5d4q9c0WwXcvNtS4TlUqNpwXv2RmWnG49U6jziqUGxAdBfc7bDAD-7pxVIBwuGxu8gZyIz7X"
                  + "xNLnxE5qXw");
      case ES384 ->
          new KnownAnswer(
              algorithm,
              "EC",
              P384_KEY,
              "-6esxesv6lelxHlxDThKbZyL93U-Zkg4Cykn2tQWc2DkNi9ft5fouD2QvxO2jZ3mM_fyyB5hqtRs"
                  + "XrynyRMwRanMORt6R8DCpGjQ8ZnjB2f4e8j-4y8C0yAv2A_J8y0G");
      case ES512 ->
          new KnownAnswer(
              algorithm,
              "EC",
              P521_KEY,
              "ABOR1-XAauFX7hFGfXdOHuFaT95JqGsRU5EqTtZDDXNUuYHOQiLoNFrW4g61ztXqYySnn6lhcikL"
                  + "NsemQNiEAoBsAAAfq5FxvYpd-Z0lqtraeyjWs5eV3beAUIG5Dg0QboLYpbNoz8AvJA5MHqGkSB0D"
                  + "Cd4hKfpCGUoxyDYjJX7WtJR0");
      case ED25519 ->
          new KnownAnswer(
              algorithm,
              "Ed25519",
              ED25519_KEY,
              "OsDO7DXqfirc8YGkiKLi1pYG3cIl0x47NmicpB-XwF3lmtKyfukpNnDZ2dqZ-eiiKyuusE3ZS_Ez"
                  + "JygH2iowCw");
    };
  }

  /** Whether this provider tells the right signature from wrong ones. */
  boolean isGivenBy(Provider provider) throws GeneralSecurityException {
    PublicKey publicKey =
        KeyFactory.getInstance(keyType).generatePublic(new X509EncodedKeySpec(decode(key)));
    byte[] data = "ownproof known answer".getBytes(StandardCharsets.US_ASCII);
    byte[] right = decode(signature);
    byte[] otherData = data.clone();
    otherData[data.length / 2] ^= 1;
    byte[] wrong = right.clone();
    wrong[right.length / 4] ^= 1;
    Signature reused = SignatureProviders.prepare(algorithm, publicKey, provider);
    // Twice with the same object, which is how the objects are used.
    for (int use = 0; use < 2; use++) {
      if (!verifies(reused, data, right)) {
        return false;
      }
    }
    return !verifies(SignatureProviders.prepare(algorithm, publicKey, provider), data, wrong)
        && !verifies(SignatureProviders.prepare(algorithm, publicKey, provider), otherData, right);
  }

  private static boolean verifies(Signature prepared, byte[] data, byte[] signature)
      throws SignatureException {
    prepared.update(data);
    return prepared.verify(signature);
  }

  private static byte[] decode(String base64Url) {
    return Base64.getUrlDecoder().decode(base64Url);
  }
}
