package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.AccessScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The form in which the customer agrees to all of a request, to part of it, or not at all. */
final class DecisionForm {

  private DecisionForm() {}

  static Html html(Visit visit, AccessRequest request) {
    AccessScope asked = request.asked();
    return Html.of(
        """
        <form class="fields" method="post" action="/inbox/approve">{}
        <input type="hidden" name="id" value="{}">
        <fieldset><legend>Which orders</legend>{}</fieldset>
        <fieldset><legend>To do what</legend>{}</fieldset>
        <label for="minutes">For how long, at most</label>
        <select id="minutes" name="minutes">{}</select>
        <button>Approve what is chosen</button>
        </form>
        <form method="post" action="/inbox/deny">{}
        <input type="hidden" name="id" value="{}">
        <button class="danger">Deny the request</button>
        </form>
        """,
        Layout.formToken(visit),
        request.id(),
        Html.join(
            Stream.concat(
                    asked.resources().exact().stream().map(name -> box("exact", name, name)),
                    asked.resources().trees().stream()
                        .map(name -> box("tree", name, name + " and everything below")))
                .toList()),
        Html.join(
            asked.permissions().stream()
                .map(name -> box("permission", name, Views.inWords(name) + " (" + name + ")"))
                .toList()),
        Html.join(durations(asked.duration())),
        Layout.formToken(visit),
        request.id());
  }

  private static Html box(String name, String value, String label) {
    return Html.of(
        "<label class=\"box\"><input type=\"checkbox\" name=\"{}\" value=\"{}\" checked> {}</label>",
        name,
        value,
        label);
  }

  /** What was asked for, and shorter times. */
  private static List<Html> durations(Duration asked) {
    List<Html> options = new ArrayList<>();
    for (long minutes : List.of(5L, 15L, 30L, 60L, 240L)) {
      if (Duration.ofMinutes(minutes).compareTo(asked) < 0) {
        options.add(
            Html.of(
                "<option value=\"{}\">{}</option>",
                minutes,
                Views.duration(Duration.ofMinutes(minutes))));
      }
    }
    options.add(
        Html.of(
            "<option value=\"{}\" selected>{}, as asked</option>",
            asked.toMinutes(),
            Views.duration(asked)));
    return options;
  }
}
