package io.github.ownproof.examples.supportdesk;

/** The page of the demonstration's provider, on which one says who one is. */
final class ProviderPage {

  private ProviderPage() {}

  static Html html() {
    return Html.of(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Who are you? · Demonstration sign-in</title>
        <style>
          * { box-sizing: border-box }
          body { margin: 0; background: #e9edf2; color: #16202c;
            font: 1rem/1.5 system-ui, sans-serif }
          main { max-width: 34rem; margin: 0 auto; padding: 2.5rem 1rem }
          .where { color: #46566a; margin: 0 0 .25rem; font-size: .9rem }
          h1 { font-size: 1.5rem; margin: 0 0 .5rem }
          form { background: #fff; border: 1px solid #cdd6e0; border-radius: .5rem;
            padding: 1rem; margin: 1rem 0 }
          h2 { font-size: 1.1rem; margin: 0 }
          p { margin: .25rem 0 .75rem; color: #384656 }
          button { font: inherit; padding: .45rem .9rem; margin: 0 .4rem .4rem 0;
            border: 1px solid #2b5a86; border-radius: .35rem; background: #fff; color: #1d4a75;
            cursor: pointer }
          button:hover { background: #eef4fa }
          button:focus-visible { outline: 3px solid #e0a800; outline-offset: 2px }
        </style>
        </head>
        <body>
        <main>
        <p class="where">Demonstration identity provider</p>
        <h1>Who are you?</h1>
        <p>A real provider would ask for a password, and for a security key where more certainty is
        needed. Here you choose.</p>
        {}
        </main>
        </body>
        </html>
        """,
        Html.join(People.signingIn().stream().map(ProviderPage::person).toList()));
  }

  private static Html person(Person person) {
    return Html.of(
        """
        <form method="post">
        <h2>{}</h2>
        <p>{}</p>
        <input type="hidden" name="username" value="{}">
        <button name="claims" value="{}">Sign in as {}</button>
        <button name="claims" value="{}">Sign in as {} with a security key</button>
        </form>
        """,
        person.name(),
        person.role(),
        person.subject(),
        "{\"acr\":\"pwd\"}",
        person.name(),
        "{\"acr\":\"" + Provider.STRONG + "\"}",
        person.name());
  }
}
