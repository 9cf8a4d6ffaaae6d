package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.grant.SupportOutcome.Refused;
import io.github.ownproof.auth.grant.SupportRefusal;
import java.util.Locale;

/** Ends a request with a page that says what happened, and what to do about it. */
final class Trouble extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Answer.Page page;

  private Trouble(Answer.Page page) {
    super(page.title());
    this.page = page;
  }

  /** In one sentence what happened, and in another what to do. */
  static Trouble of(int status, String title, String what, String advice) {
    return new Trouble(
        Answer.Page.of(
                title,
                Html.of(
                    """
                    <div class="notice refused" role="alert"><p>{}</p></div>
                    <p>{}</p>
                    <p><a href="/">Back to the start</a></p>
                    """,
                    what,
                    advice))
            .status(status));
  }

  /** A step the desk refused. */
  static Trouble of(Refused<?> refused) {
    SupportRefusal refusal = refused.refusal();
    return new Trouble(
        Answer.Page.of(
                refusal.isTransient() ? "Not now" : "Refused",
                Html.of(
                    """
                    <div class="notice refused" role="alert"><p>{}</p></div>
                    <p class="aside">Reason <code>{}</code>, status {}. The refusal is recorded.</p>
                    <p><a href="/">Back to the start</a></p>
                    """,
                    refused.detail(),
                    refusal,
                    refusal.status()))
            .status(refusal.status()));
  }

  Answer.Page page() {
    return page;
  }

  /** From {@code like this} to {@code Like this.} */
  static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }
}
