package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one stream of chat completions, strictly. Not thread-safe. */
final class OpenAiStreamReader {
    private final Ask ask;
    private final List<OpenAiMessage> messages = new ArrayList<>();
    private final List<@Nullable Finish> finishes = new ArrayList<>();
    private @Nullable JsonNode first;
    private @Nullable Tokens tokens;
    private Seen.@Nullable Problem problem;
    private boolean done;

    OpenAiStreamReader(Ask ask) {
        this.ask = ask;
    }

    Seen read(Answer answer) {
        Sse stream = answer.events();
        for (ScriptEvent event : stream.events()) {
            Malformed.unless(!done && problem == null, "nothing after the end", event);
            event(event);
        }
        if (done) {
            Malformed.unless(answer.clean() && !stream.torn(), "a body that ends after [DONE]", answer.body());
            Malformed.unless(!finishes.isEmpty() && !finishes.contains(null), "a finish reason a choice", finishes);
            boolean wished = ask.wishes(Ask.Wish.USAGE);
            Malformed.unless(wished == (tokens != null), "usage only if asked for", answer.body());
        }
        return new Seen(
                choices(),
                tokens,
                problem,
                done,
                messages.isEmpty() ? "" : messages.getFirst().kept());
    }

    private List<Seen.Choice> choices() {
        var choices = new ArrayList<Seen.Choice>();
        for (int i = 0; i < messages.size(); i++) {
            choices.add(messages.get(i).choice(finishes.get(i)));
        }
        return choices;
    }

    private void event(ScriptEvent event) {
        if (event.name().equals("error")) {
            problem = OpenAiFront.problem(200, Nodes.read(event.data()));
            return;
        }
        Malformed.unless(event.name().isEmpty(), "an event without a name", event);
        if (event.data().equals("[DONE]")) {
            done = true;
            return;
        }
        JsonNode chunk = Nodes.read(event.data());
        head(chunk);
        List<JsonNode> all = Nodes.list(chunk, "choices");
        all.forEach(this::choice);
        JsonNode usage = chunk.path("usage");
        if (usage.isObject()) {
            Malformed.unless(tokens == null && all.isEmpty(), "one chunk of usage, without choices", chunk);
            Malformed.unless(!finishes.isEmpty() && !finishes.contains(null), "usage after the finish reasons", chunk);
            tokens = OpenAiFront.tokens(usage);
        }
    }

    private void head(JsonNode chunk) {
        Nodes.is(chunk, "object", "chat.completion.chunk");
        Malformed.unless(!chunk.has("error"), "no 'error' in a chunk, not even null", chunk);
        Nodes.count(chunk, "created");
        if (first == null) {
            first = chunk;
        }
        Nodes.is(chunk, "id", Nodes.text(first, "id"));
        Nodes.is(chunk, "model", Nodes.text(first, "model"));
        Malformed.unless(chunk.path("created").equals(first.path("created")), "the same time in every chunk", chunk);
    }

    private void choice(JsonNode choice) {
        int index = Nodes.count(choice, "index");
        JsonNode delta = choice.path("delta");
        Malformed.unless(delta.isObject(), "a delta", choice);
        if (index == messages.size()) {
            Nodes.is(delta, "role", "assistant");
            messages.add(new OpenAiMessage());
            finishes.add(null);
        }
        Malformed.unless(index < messages.size(), "choices numbered without gaps", choice);
        Malformed.unless(finishes.get(index) == null, "nothing after a choice's finish reason", choice);
        messages.get(index).add(delta);
        for (JsonNode call : Nodes.listOrNone(delta, "tool_calls")) {
            messages.get(index).call(Nodes.count(call, "index"), call);
        }
        Malformed.unless(choice.has("finish_reason"), "a finish reason, if only null", choice);
        if (choice.path("finish_reason").isString()) {
            finishes.set(index, OpenAiMessage.finish(Nodes.text(choice, "finish_reason")));
        }
    }
}
