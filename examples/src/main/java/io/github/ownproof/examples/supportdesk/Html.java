package io.github.ownproof.examples.supportdesk;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.util.List;

/**
 * Markup in which everything that came from outside is escaped: a template is a constant of the
 * program, and whatever fills it is text, unless it is such markup itself. Immutable.
 */
final class Html {

  /** No markup at all. */
  static final Html NONE = new Html("");

  private final String markup;

  private Html(String markup) {
    this.markup = markup;
  }

  /**
   * The template with its {@code {}} filled, in order. They stand in element content or in a quoted
   * attribute, and never where a browser expects a script, a style or a whole address.
   */
  static Html of(@CompileTimeConstant String template, Object... values) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (Object value : values) {
      int place = template.indexOf("{}", from);
      if (place < 0) {
        throw new IllegalArgumentException("The template has fewer places than values.");
      }
      filled.append(template, from, place);
      filled.append(value instanceof Html html ? html.markup : escape(String.valueOf(value)));
      from = place + 2;
    }
    if (template.indexOf("{}", from) >= 0) {
      throw new IllegalArgumentException("The template has more places than values.");
    }
    return new Html(filled.append(template, from, template.length()).toString());
  }

  /** One after the other. */
  static Html join(List<Html> parts) {
    StringBuilder joined = new StringBuilder();
    parts.forEach(part -> joined.append(part.markup));
    return new Html(joined.toString());
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** The markup. */
  @Override
  public String toString() {
    return markup;
  }
}
