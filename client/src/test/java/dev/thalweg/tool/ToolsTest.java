package dev.thalweg.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolSpec;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ToolsTest {
    record Book(String title, LocalDate day, Optional<BigDecimal> price) {}

    private static ToolFunction tool(String name, ToolFunction.Body body) {
        return ToolFunction.of(ToolSpec.of(name, name), body);
    }

    private static ToolResult call(ToolFunction.Body body, String arguments) {
        return Tools.of(tool("it", body)).call(ToolCall.of("c1", "it", arguments));
    }

    @Test
    void twoToolsOfOneNameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tools.of(tool("a", in -> 1), tool("b", in -> 2), tool("a", in -> 3)))
                .withMessageContaining("Two tools are named \"a\"");
        Tools renamed = Tools.of(tool("a", in -> 1), tool("a", in -> 3).named("c"));
        assertThat(renamed.specs().stream().map(ToolSpec::name)).containsExactly("a", "c");
    }

    @Test
    void setsCanBePutTogether() {
        Tools all = Tools.of(Tools.of(tool("b", in -> 1)), tool("a", in -> 2));
        ChatRequest offered = all.offerIn(ChatRequest.of("openai/m", "Hi"));
        assertThat(offered.tools().stream().map(ToolSpec::name)).containsExactly("b", "a");
        assertThat(all.offerIn(offered).tools()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void whatAToolReturnsIsTextOrJson(Object value, String text) {
        ToolResult result = call(in -> value, "{}");
        assertThat(result.text()).isEqualTo(text);
        assertThat(result.isError()).isFalse();
    }

    static List<Object[]> outputs() {
        return List.of(new Object[][] {
            {"as it is", "as it is"},
            {new StringBuilder("built"), "built"},
            {12, "12"},
            {true, "true"},
            {new BigDecimal("1.10"), "1.10"},
            {
                new Book("A", LocalDate.of(2026, 11, 21), Optional.of(new BigDecimal("9.90"))),
                "{\"title\":\"A\",\"day\":\"2026-11-21\",\"price\":9.90}"
            },
            {List.of(1, 2), "[1,2]"},
            {List.of(), "[]"},
            {Map.of("a", List.of("b")), "{\"a\":[\"b\"]}"},
            {new RawJson("{ }"), "{ }"},
            {Optional.empty(), "null"},
        });
    }

    @Test
    void nullIsNull() {
        assertThat(call(in -> null, "{}").text()).isEqualTo("null");
    }

    @Test
    void imagesAreContent() {
        Part image = new Part.Image("data:image/png;base64,AA==");
        assertThat(call(in -> image, "{}").content()).containsExactly(image);
        assertThat(call(in -> List.of(new Part.Text("See"), image), "{}").content())
                .containsExactly(new Part.Text("See"), image);
    }

    @Test
    void aResultThatIsNoJsonIsAnError() {
        ToolResult result = call(
                in -> new Object() {
                    public Object getSelf() {
                        return this;
                    }
                },
                "{}");
        assertThat(result.isError()).isTrue();
        assertThat(result.cause()).isPresent();
    }

    @Test
    void argumentsMayBeMissingAltogetherAndCustomOnesAreText() {
        assertThat(call(in -> in.map(JsonInput::text).size(), "").text()).isEqualTo("0");
        ToolCall custom = ToolCall.of("c1", "it", "SELECT 1").withType(ToolCall.CUSTOM);
        assertThat(Tools.of(tool("it", in -> in.text() + "!")).call(custom).text())
                .isEqualTo("SELECT 1!");
    }

    @Test
    void aLogTellsTheKindOfAFailureAndNoArguments() {
        List<String> lines = new ArrayList<>();
        Logger logger = Logger.getLogger("dev.thalweg.tool");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage() + Arrays.toString(line.getParameters()) + line.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            call(
                    in -> {
                        throw new IllegalStateException(
                                "cannot find " + in.required("secret").text());
                    },
                    "{\"secret\":\"tell-nobody\"}");
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("The tool it failed with java.lang.IllegalStateException at ");
        assertThat(lines.getFirst()).doesNotContain("tell-nobody");
    }

    @Test
    void aToolMayTellTheModelInItsOwnWords() {
        ToolResult result = call(
                in -> {
                    throw new ToolException("It is lent until Friday.");
                },
                "{}");
        assertThat(result.text()).isEqualTo("It is lent until Friday.");
        assertThat(result.isError()).isTrue();
        assertThat(result.cause()).containsInstanceOf(ToolException.class);
    }

    @Test
    void toolsThatThrowErrorsThrowNothingIntoTheLoop() {
        assertThat(call(
                                in -> {
                                    throw new StackOverflowError();
                                },
                                "{}")
                        .text())
                .isEqualTo("StackOverflowError");
    }
}
