package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.examples.Surprise;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form as a page has it, filled in as it stands there. Only for the pages of this example. */
record Form(String action, Map<String, String> fields) {

  private static final Pattern FORM =
      Pattern.compile("<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
  private static final Pattern FIELD =
      Pattern.compile("<(?:input|button) [^>]*?name=\"([^\"]*)\"(?: value=\"([^\"]*)\")?");
  private static final Pattern SELECT =
      Pattern.compile(
          "<select [^>]*name=\"([^\"]*)\">.*?<option value=\"([^\"]*)\"( selected)?.*?</select>",
          Pattern.DOTALL);

  /** The first form of this page that goes there. */
  static Form in(String html, String action) {
    Matcher forms = FORM.matcher(html);
    while (forms.find()) {
      if (forms.group(1).equals(action)) {
        Map<String, String> fields = new LinkedHashMap<>();
        SELECT.matcher(forms.group(2)).results().forEach(f -> fields.put(f.group(1), f.group(2)));
        FIELD
            .matcher(forms.group(2))
            .results()
            .forEach(f -> fields.put(f.group(1), f.group(2) == null ? "" : f.group(2)));
        return new Form(action, fields);
      }
    }
    Surprise.unless(false, "the page has no form to " + action);
    throw new IllegalStateException();
  }

  Form with(String field, String value) {
    Map<String, String> changed = new LinkedHashMap<>(fields);
    changed.put(field, value);
    return new Form(action, changed);
  }

  Form without(String field) {
    Map<String, String> changed = new LinkedHashMap<>(fields);
    changed.remove(field);
    return new Form(action, changed);
  }
}
