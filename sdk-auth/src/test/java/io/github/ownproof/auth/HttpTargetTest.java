package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3986 sections 6.2.2 and 6.2.3. */
class HttpTargetTest {

  @ParameterizedTest
  @CsvSource({
    // Case of scheme and host, section 6.2.2.1.
    "HTTPS://API.Example.COM/a,            https://api.example.com/a",
    "https://api.example.com/A,            https://api.example.com/A",
    "https://[2001:DB8::1]/a,              https://[2001:db8::1]/a",
    // Default and empty ports, section 6.2.3.
    "https://api.example.com:443/a,        https://api.example.com/a",
    "https://api.example.com:0443/a,       https://api.example.com/a",
    "https://api.example.com:/a,           https://api.example.com/a",
    "http://api.example.com:80/a,          http://api.example.com/a",
    "http://api.example.com:443/a,         http://api.example.com:443/a",
    "https://api.example.com:80/a,         https://api.example.com:80/a",
    "https://[::1]:443/a,                  https://[::1]/a",
    "https://127.0.0.1:8443/a,             https://127.0.0.1:8443/a",
    // The empty path, section 6.2.3.
    "https://api.example.com,              https://api.example.com/",
    "https://api.example.com?x=/y,         https://api.example.com/",
    "https://api.example.com#/y,           https://api.example.com/",
    // Query and fragment, RFC 9449 section 4.3 check 9.
    "https://api.example.com/a?x=%,        https://api.example.com/a",
    "https://api.example.com/a#b?c,        https://api.example.com/a",
    "https://api.example.com/a?,           https://api.example.com/a",
    // Escapes, sections 6.2.2.1 and 6.2.2.2.
    "https://api.example.com/%7euser,      https://api.example.com/~user",
    "https://api.example.com/%41%2d%5F,    https://api.example.com/A-_",
    "https://api.example.com/a%2fb,        https://api.example.com/a%2Fb",
    "https://api.example.com/%c3%a9,       https://api.example.com/%C3%A9",
    "https://api.example.com/%252e,        https://api.example.com/%252e",
    "https://api.example.com/a%3Fb,        https://api.example.com/a%3Fb",
    "https://api.example.com/a%2,          ",
    "https://api.example.com/%zz,          ",
    "https://api.example.com/%,            ",
    // Dot segments, section 6.2.2.3.
    "https://api.example.com/a/./b,        https://api.example.com/a/b",
    "https://api.example.com/a/../b,       https://api.example.com/b",
    "https://api.example.com/a/%2e%2E/b,   https://api.example.com/b",
    "https://api.example.com/../../b,      https://api.example.com/b",
    "https://api.example.com/a/..,         https://api.example.com/",
    "https://api.example.com/a/b/.,        https://api.example.com/a/b/",
    "https://api.example.com/a/b/..,       https://api.example.com/a/",
    "https://api.example.com/.../a,        https://api.example.com/.../a",
    // Empty segments and the last slash mean something.
    "https://api.example.com//a,           https://api.example.com//a",
    "https://api.example.com/a/,           https://api.example.com/a/",
    "https://api.example.com/a//../b,      https://api.example.com/a/b",
    "https://api.example.com/a;v=1/b@c:d,  https://api.example.com/a;v=1/b@c:d",
  })
  void normalised_spellings_becomeOne(String uri, String expected) {
    assertThat(HttpTarget.normalised(uri)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a",
        "https",
        "https:",
        "https:/",
        "https://",
        "https:///a",
        "https:/a",
        "//a/b",
        "api.example.com/a",
        "ftp://a/b",
        "file:///a",
        "javascript://a/b",
        "unknown:target",
        "https://user@a/b",
        "https://user:pass@a/b",
        "https://@a/b",
        "https://a:b/c",
        "https://a:65536/b",
        "https://a:0/b",
        "https://a:000443/b",
        "https://a:-1/b",
        "https://a:+80/b",
        "https://a:1:2/b",
        "https://[::1/b",
        "https://[]/b",
        "https://[g]/b",
        "https://[::1]x/b",
        "https://a b/c",
        "https://a/b c",
        "https://a\\b/c",
        "https://a/b\\c",
        "https://a/b\u0000",
        "https://a/\u00e9",
        "https://\u00e9/b",
        "https://a%2eb/c",
        "https://a/{b}",
        "https://a/b|c",
        "https://a/[b]",
        "https://a/\"b\"",
        "https://a/b\n",
        "\nhttps://a/b",
        " https://a/b",
        "https ://a/b",
        "https://a/\uff0e",
        "https://a~b/c",
        "https://a/%\uff11\uff11"
      })
  void normalised_noHttpTarget_isNull(String uri) {
    assertThat(HttpTarget.normalised(uri)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 4097})
  void normalised_length_isLimited(int length) {
    String uri = "https://a/" + "b".repeat(length - 10);
    assertThat(HttpTarget.normalised(uri) != null).isEqualTo(length == 4096);
  }

  @Property
  void normalised_twice_changesNothing(
      @ForAll @CharRange(from = '!', to = '~') @StringLength(max = 40) String rest) {
    String once = HttpTarget.normalised("https://a/" + rest);
    if (once != null) {
      assertThat(HttpTarget.normalised(once)).isEqualTo(once);
    }
  }

  @Property
  void normalised_anything_neverThrows(@ForAll String text, @ForAll String path) {
    String plain = HttpTarget.normalised(text);
    assertThat(plain == null || plain.startsWith("http")).isTrue();
    String url = HttpTarget.normalised("https://a/" + path);
    assertThat(url == null || url.startsWith("https://a/")).isTrue();
  }
}
