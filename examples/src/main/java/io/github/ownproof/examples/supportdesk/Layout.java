package io.github.ownproof.examples.supportdesk;

import java.util.Optional;

/** What all pages have around them. */
final class Layout {

  private final People people;

  Layout(People people) {
    this.people = people;
  }

  String render(Answer.Page page, Visit visit) {
    Optional<Person> person = visit.visitor();
    return Html.of(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            {}<title>{} · Support desk</title>
            <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            <header class="top">
            <a class="brand" href="/">Support desk</a>
            {}
            </header>
            <main>
            <h1>{}</h1>
            {}
            </main>
            </body>
            </html>
            """,
            goingOn(page),
            page.title(),
            person.map(who -> signedIn(who, visit)).orElse(Html.NONE),
            page.title(),
            page.body())
        .toString();
  }

  private static Html goingOn(Answer.Page page) {
    return page.goOn().isEmpty()
        ? Html.NONE
        : Html.of(
            "<meta http-equiv=\"refresh\" content=\"{};url={}\">\n", page.seconds(), page.goOn());
  }

  private Html signedIn(Person person, Visit visit) {
    Html pages =
        people.isEngineer(person)
            ? Html.of("<a href=\"/requests\">My requests</a>")
            : people.isApprover(person)
                ? Html.of(
                    "<a href=\"/inbox\">Decide</a> <a href=\"/transparency\">Transparency</a>")
                : Html.of("<a href=\"/transparency\">Transparency</a>");
    return Html.of(
        """
        <nav aria-label="Pages">{}</nav>
        <form class="who" method="post" action="/sign-out">{}
        <span>{}<span class="role">, {}</span></span> <button class="plain">Sign out</button>
        </form>
        """,
        pages,
        formToken(visit),
        person.name(),
        person.role());
  }

  /** The field without which no form is taken. */
  static Html formToken(Visit visit) {
    return Html.of(
        "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
        DeskServlet.FORM_TOKEN,
        visit.signedIn().formToken());
  }
}
