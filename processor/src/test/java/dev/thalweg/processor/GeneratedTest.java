package dev.thalweg.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.thalweg.model.ToolCall;
import dev.thalweg.tool.ToolResult;
import dev.thalweg.tool.ToolSource;
import dev.thalweg.tool.Tools;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is generated: its text, its schemas, and what it does. */
class GeneratedTest {
    private static Compilation compilation;
    private static Tools tools;

    @BeforeAll
    static void compile() throws Exception {
        compilation = Compilation.of(Files.readString(resource("Tested.java.txt")));
        assertThat(compilation.problems()).isEmpty();
        tools = Tools.of(twin("TestedTools", "Tested"), twin("Tested_NotedTool", null));
    }

    private static Path resource(String name) {
        return Path.of("src", "test", "resources", "golden", name);
    }

    private static ToolSource twin(String name, String target) throws Exception {
        Class<?> type = compilation.load(name);
        if (target == null) {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (ToolSource) constructor.newInstance();
        }
        Class<?> of = type.getConstructors()[0].getParameterTypes()[0];
        return (ToolSource)
                type.getConstructors()[0].newInstance(of.getConstructor().newInstance());
    }

    @ParameterizedTest
    @CsvSource({"TestedTools", "Tested_NotedTool"})
    void theTextIsThis(String name) throws IOException {
        Path golden = resource(name + ".java.txt");
        String text = compilation.generated(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    @Test
    void everySchemaIsOne() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var metaSchema = registry.getSchema(
                com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        tools.specs()
                .forEach(
                        spec -> assertThat(metaSchema.validate(spec.parameters().text(), InputFormat.JSON))
                                .as(spec.name())
                                .isEmpty());
    }

    /** Whatever the schema takes the tool takes, and what the schema refuses it refuses. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "scalars | {\"text\":\"a\",\"flag\":true,\"n\":1,\"big\":2,\"x\":0.5,\"exact\":1.10} | a true 1 2 0.5 1.10",
                "scalars | {\"text\":\"a\",\"flag\":true,\"n\":1.5,\"big\":2,\"x\":0.5,\"exact\":1} | !arguments.n: expected a whole number",
                "scalars | {\"text\":1,\"flag\":true,\"n\":1,\"big\":2,\"x\":0.5,\"exact\":1} | !arguments.text: expected text",
                "scalars | {\"flag\":true,\"n\":1,\"big\":2,\"x\":0.5,\"exact\":1} | !arguments.text: is required and missing",
                "parsed | {\"day\":\"2026-11-21\",\"at\":\"2026-11-21T20:15:00Z\",\"link\":\"https://example.org\",\"id\":\"123e4567-e89b-42d3-a456-426614174000\",\"local\":\"2026-11-21T20:15:00\"} | 2026-11-21 2026-11-21T20:15:00Z https://example.org 123e4567-e89b-42d3-a456-426614174000 2026-11-21T20:15",
                "parsed | {\"day\":7,\"at\":\"2026-11-21T20:15:00Z\",\"link\":\"https://example.org\",\"id\":\"x\",\"local\":\"y\"} | !arguments.day: expected a date like 2026-11-21",
                "lend-it | {\"reader\":{\"name\":\"A\",\"address\":{\"street\":\"S\",\"zip\":3822},\"former\":[]},\"days\":{\"a\":[1]},\"genres\":[\"CRIME\",\"CRIME\"]} | ok",
                "lend-it | {\"reader\":{\"name\":\"A\",\"address\":{\"street\":12,\"zip\":3822},\"former\":[]},\"days\":{},\"genres\":[]} | !arguments.reader.address.street: expected text, got the number 12",
                "lend-it | {\"reader\":{\"name\":\"A\",\"address\":{\"street\":\"S\",\"zip\":1},\"former\":[{\"street\":\"S\"}]},\"days\":{},\"genres\":[]} | !arguments.reader.former[0].zip: is required and missing",
                "lend-it | {\"reader\":{\"name\":\"A\",\"address\":{\"street\":\"S\",\"zip\":1},\"former\":[]},\"days\":{\"a\":[\"x\"]},\"genres\":[]} | !arguments.days.a[0]: expected a whole number",
                "lend-it | {\"reader\":{\"name\":\"A\",\"address\":{\"street\":\"S\",\"zip\":1},\"former\":[]},\"days\":{},\"genres\":[\"POETRY\"]} | !arguments.genres[0]: expected one of FANTASY, CRIME",
                "mark | {\"mark\":{\"type\":\"Stars\",\"count\":5}} | Stars[count=5]",
                "mark | {\"mark\":{\"type\":\"Words\",\"text\":\"Good\"},\"note\":\"n\"} | Words[text=Good] n",
                "mark | {\"mark\":{\"type\":\"Tears\"}} | !arguments.mark.type: expected one of Stars, Words, got \"Tears\"",
                "mark | {\"mark\":{\"count\":5}} | !arguments.mark.type: is required and missing",
                "now | {} | 1",
                "Noted | {\"text\":\"x\",\"times\":2} | xx",
                "Noted | {\"text\":\"x\"} | x",
                "Noted | {} | !arguments.text: is required and missing",
            })
    void whatTheSchemaSaysIsWhatTheToolTakes(String tool, String arguments, String expected) {
        String schema = tools.specs().stream()
                .filter(spec -> spec.name().equals(tool))
                .findFirst()
                .orElseThrow()
                .parameters()
                .text();
        boolean refused = expected.startsWith("!");
        var complaints = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(arguments, InputFormat.JSON);
        assertThat(complaints.isEmpty()).as(complaints.toString()).isEqualTo(!refused);

        ToolResult result = tools.call(ToolCall.of("c1", tool, arguments));

        assertThat(result.isError()).as(result.text()).isEqualTo(refused);
        assertThat(result.text()).startsWith(refused ? "The tool was not called. " + expected.substring(1) : expected);
    }

    @Test
    void aConstructorMayRefuseWhatTheSchemaCannotTell() {
        ToolResult result = tools.call(ToolCall.of("c1", "Noted", "{\"text\":\"x\",\"times\":-1}"));
        assertThat(result.text()).isEqualTo("The tool was not called. arguments: times has to be positive");
    }

    @Test
    void aToolThatThrowsSaysWhat() {
        ToolResult result = tools.call(ToolCall.of("c1", "breaks", "{}"));
        assertThat(result.text()).isEqualTo("IOException: disk full");
        assertThat(result.cause()).containsInstanceOf(IOException.class);
    }
}
