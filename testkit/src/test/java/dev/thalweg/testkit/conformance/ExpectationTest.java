package dev.thalweg.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.testkit.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpectationTest {
    private static final Answer SILENT = new Answer(200, List.of(), "", true);

    private static Expectation between(Protocol front, Protocol upstream, Ask ask, Reply reply) {
        return new Expectation(Scenario.of("test", ask, reply), front, upstream, false);
    }

    private static Seen seen(String text, @Nullable Tokens tokens, Finish finish) {
        return new Seen(
                List.of(new Seen.Choice(text, "", false, false, "", List.of(), finish)), tokens, null, true, "");
    }

    @Test
    void whatTheProtocolHasAWordForMustArrive() {
        Ask ask = Ask.user("Hi").temperature(0.5).seed(1);
        var chat = between(Protocol.OPENAI, Protocol.OPENAI, ask, Reply.text("a"));
        assertThat(chat.leftOut(ask, ask)).isEmpty();
        assertThatThrownBy(() -> chat.leftOut(ask, Ask.user("Hi").temperature(0.5)))
                .hasMessageContaining("a seed 1");
        assertThatThrownBy(
                        () -> chat.leftOut(ask, Ask.user("Hi").temperature(0.4).seed(1)))
                .hasMessageContaining("a temperature 0.5");
        assertThatThrownBy(
                        () -> chat.leftOut(ask, Ask.user("Ho").temperature(0.5).seed(1)))
                .hasMessageContaining("messages");
    }

    @Test
    void whatItHasNoWordForMustBeWarnedOf() {
        Ask ask = Ask.user("Hi").seed(1).stop("END");
        var responses = between(Protocol.OPENAI, Protocol.RESPONSES, ask, Reply.text("a"));
        String leftOut = responses.leftOut(ask, Ask.user("Hi"));
        assertThat(leftOut).isEqualTo("a seed, stop sequences");
        assertThatThrownBy(() -> responses.warned(leftOut, SILENT)).hasMessageContaining("x-thalweg-warnings");
        Answer warned = new Answer(200, List.of(new Header("X-Thalweg-Warnings", "'seed' was left out")), "", true);
        assertThatCode(() -> responses.warned(leftOut, warned)).doesNotThrowAnyException();
        assertThatCode(() -> responses.warned("", SILENT)).doesNotThrowAnyException();
    }

    @Test
    void oneChoiceIsEnoughWhereThereCanBeNoMore() {
        Ask ask = Ask.user("Hi").choices(2);
        Reply reply = Reply.text("a").choices(2);
        Tokens tokens = reply.tokens;
        assertThatCode(() -> between(Protocol.OPENAI, Protocol.RESPONSES, ask, reply)
                        .seen(seen("a", tokens, Finish.STOP), SILENT))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> between(Protocol.OPENAI, Protocol.OPENAI, ask, reply)
                        .seen(seen("a", tokens, Finish.STOP), SILENT))
                .hasMessageContaining("number of choices 2");
    }

    @Test
    void aToolChoiceNobodyMadeIsAMistake() {
        Ask ask = Ask.user("Hi");
        Ask forced = Ask.user("Hi").tools(Ask.ToolMode.REQUIRED);
        var chat = between(Protocol.OPENAI, Protocol.ANTHROPIC, ask, Reply.text("a"));
        assertThatThrownBy(() -> chat.leftOut(ask, forced)).hasMessageContaining("no tool choice");
    }

    @Test
    void theAnswerMustBeTheSame() {
        Reply reply = Reply.text("a", "b").tokens(10, 4, 3, 2);
        var chat = between(Protocol.OPENAI, Protocol.RESPONSES, Ask.user("Hi"), reply);
        Tokens right = new Tokens(10, 4, 3, 2);
        assertThatCode(() -> chat.seen(seen("ab", right, Finish.STOP), SILENT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> chat.seen(seen("a", right, Finish.STOP), SILENT))
                .hasMessageContaining("text ab");
        assertThatThrownBy(() -> chat.seen(seen("ab", right, Finish.LENGTH), SILENT))
                .hasMessageContaining("STOP");
        assertThatThrownBy(() -> chat.seen(seen("ab", new Tokens(6, 4, 3, 2), Finish.STOP), SILENT))
                .hasMessageContaining("usage");
        assertThatThrownBy(() -> chat.seen(seen("ab", null, Finish.STOP), SILENT))
                .hasMessageContaining("usage");
    }

    @Test
    void reasoningTokensCountWhereBothSidesCountThem() {
        Reply reply = Reply.text("a").tokens(10, 0, 3, 2);
        var anthropic = between(Protocol.ANTHROPIC, Protocol.RESPONSES, Ask.user("Hi"), reply);
        assertThatCode(() -> anthropic.seen(seen("a", new Tokens(10, 0, 3, 0), Finish.STOP), SILENT))
                .doesNotThrowAnyException();
    }

    @Test
    void anErrorMustBeTold() {
        var chat = between(
                Protocol.OPENAI,
                Protocol.ANTHROPIC,
                Ask.user("Hi"),
                Reply.text("a").fault(Fault.RATE_LIMITED));
        var problem =
                new Seen.Problem(429, "rate_limit_error", "rate_limit_exceeded", "Rate limit reached for requests");
        Answer patient = new Answer(429, List.of(new Header("retry-after", "2")), "", true);
        assertThatCode(() -> chat.seen(Seen.problem(problem), patient)).doesNotThrowAnyException();
        assertThatThrownBy(() -> chat.seen(Seen.problem(problem), SILENT)).hasMessageContaining("retry-after");
        assertThatThrownBy(() -> chat.seen(seen("a", null, Finish.STOP), patient))
                .hasMessageContaining("complete");
        var other = new Seen.Problem(500, "server_error", "", "Rate limit reached");
        assertThatThrownBy(() -> chat.seen(Seen.problem(other), patient)).hasMessageContaining("status 429");
    }

    @Test
    void aCutStreamMayNotLookComplete() {
        Scenario cut =
                Scenario.of("cut", Ask.user("Hi"), Reply.text("Hel", "lo").fault(Fault.CUT));
        var chat = new Expectation(cut, Protocol.OPENAI, Protocol.ANTHROPIC, true);
        var choice = new Seen.Choice("Hello", "", false, false, "", List.of(), null);
        var problem = new Seen.Problem(200, "upstream_error", "upstream_cut", "The stream was cut.");
        assertThatCode(() -> chat.seen(new Seen(List.of(choice), null, problem, false, ""), SILENT))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> chat.seen(new Seen(List.of(choice), null, null, false, ""), SILENT))
                .hasMessageContaining("expected an error");
        assertThatThrownBy(() -> chat.seen(seen("Hello", null, Finish.STOP), SILENT))
                .hasMessageContaining("complete");
    }
}
