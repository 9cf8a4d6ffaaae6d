package io.github.ownproof.examples.supportdesk;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How the services answer. */
final class Json {

  private Json() {}

  static void refuse(HttpServletResponse response, int status, String refused, String explanation)
      throws IOException {
    answer(response, status, Map.of("refused", refused, "explanation", explanation));
  }

  static void answer(HttpServletResponse response, int status, Map<String, String> body)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response
        .getOutputStream()
        .write(JSONObjectUtils.toJSONString(body).getBytes(StandardCharsets.UTF_8));
  }
}
