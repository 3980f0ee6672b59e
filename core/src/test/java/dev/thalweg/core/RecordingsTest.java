package dev.thalweg.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.Recordings.Recording;
import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.RelayOutput;
import dev.thalweg.core.dialect.openai.Relay;
import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.SseReader;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import dev.thalweg.testkit.Cuts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What real providers sent is read whole, the same however it is cut, and passed on to the byte. */
class RecordingsTest {
    private static final int CUTS = 200;

    @BeforeEach
    void recordingsAreHere() {
        assumeTrue(
                Recordings.directory() != null,
                "no recordings of providers on this machine: name their directory in THALWEG_RECORDINGS");
    }

    @Test
    void streamsArePassedOnToTheByteAndEndAsTheyDid() {
        List<Recording> streams = Recordings.streams();
        assertThat(streams).hasSizeGreaterThan(25);
        streams.parallelStream().forEach(RecordingsTest::isTheSameHoweverItIsCut);
    }

    private static void isTheSameHoweverItIsCut(Recording recording) {
        Outcome whole = relay(List.of(recording.bytes()));
        JsonNode error = recordedError(recording);
        if (error == null) {
            assertThat(whole.end).as(recording.name()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(whole.text).as(recording.name()).isEqualTo(recording.text());
        } else {
            assertThat(whole.state).as(recording.name()).isEqualTo(Relay.State.ERROR);
            assertThat(whole.error.message()).isEqualTo(error.path("message").asString());
            assertThat(recording.text()).startsWith(whole.text);
        }
        Cuts.random(recording.bytes(), recording.name().hashCode(), CUTS, pieces -> {
            Outcome cut = relay(pieces);
            assertThat(cut.state).isEqualTo(whole.state);
            assertThat(cut.end).isEqualTo(whole.end);
            assertThat(cut.text).isEqualTo(whole.text);
            assertThat(cut.error).isEqualTo(whole.error);
            assertThat(cut.frames).isEqualTo(whole.frames);
            assertThat(spelledOut(cut.response)).isEqualTo(spelledOut(whole.response));
        });
    }

    @Test
    void theTextOfAStreamIsTheTextOfItsDeltas() {
        for (Recording recording : Recordings.streams()) {
            StringBuilder expected = new StringBuilder();
            for (JsonNode chunk : chunks(recording)) {
                for (JsonNode choice : chunk.path("choices")) {
                    JsonNode content = choice.path("delta").path("content");
                    expected.append(content.asString(""));
                    content.forEach(part -> expected.append(part.path("text").asString("")));
                }
            }
            Outcome outcome = relay(List.of(recording.bytes()));
            assertThat(outcome.response.content()).as(recording.name()).isEqualTo(expected.toString());
        }
    }

    @Test
    void theLastUsageOfAStreamIsItsUsage() {
        for (Recording recording : Recordings.streams()) {
            long output = -1;
            for (JsonNode chunk : chunks(recording)) {
                JsonNode top = chunk.path("usage");
                JsonNode usage = top.isObject() ? top : chunk.path("x_groq").path("usage");
                output = usage.isObject() ? usage.path("completion_tokens").asLong() : output;
            }
            var read = relay(List.of(recording.bytes())).response.usage();
            if (output >= 0) {
                assertThat(read.orElseThrow().outputTokens())
                        .as(recording.name())
                        .isEqualTo(output);
            }
        }
    }

    @Test
    void wholeAnswersAreReadLikeStreams() {
        List<Recording> answers =
                Recordings.documents().stream().filter(Recordings::isAnswer).toList();
        assertThat(answers).hasSizeGreaterThan(10);
        for (Recording recording : answers) {
            ChatResponse response = assemble(List.of(recording.bytes()), false);
            JsonNode message =
                    Recordings.tree(recording).path("choices").path(0).path("message");
            assertThat(response.content())
                    .as(recording.name())
                    .isEqualTo(message.path("content").asString(""));
            assertThat(response.toolCalls())
                    .as(recording.name())
                    .hasSize(message.path("tool_calls").size());
            assertThat(response.finishReasons().get(0).raw())
                    .isEqualTo(Recordings.tree(recording)
                            .path("choices")
                            .path(0)
                            .path("finish_reason")
                            .asString());
            assertThat(response.warnings()).isEmpty();
        }
    }

    @Test
    void errorsSayWhatTheySaid() {
        List<Recording> errors = Recordings.documents().stream()
                .filter(r -> Recordings.isError(r) && !Recordings.isAnswer(r))
                .toList();
        assertThat(errors).hasSizeGreaterThan(8);
        for (Recording recording : errors) {
            JsonNode tree = Recordings.tree(recording);
            JsonNode error = tree.path("error").isMissingNode() ? tree : tree.path("error");
            ErrorBody read = ErrorReader.read(recording.bytes(), 0, recording.bytes().length);
            assertThat(read.message())
                    .as(recording.name())
                    .isNotEmpty()
                    .isEqualTo(
                            error.isString()
                                    ? error.asString()
                                    : error.path("message").asString());
            JsonNode code = error.path("code");
            assertThat(read.code() == null ? "" : read.code())
                    .as(recording.name())
                    .isEqualTo(code.isMissingNode() ? tree.path("code").asString("") : code.asString(""));
        }
    }

    /** How a relay ended and what was read along the way. */
    private record Outcome(
            Relay.State state, StreamEnd end, String text, ErrorBody error, ChatResponse response, int frames) {}

    private static String spelledOut(ChatResponse response) {
        StringBuilder all = new StringBuilder(response + " " + response.usage() + " " + response.warnings());
        response.choices()
                .forEach(choice -> all.append(choice.content())
                        .append('|')
                        .append(choice.reasoning())
                        .append('|')
                        .append(choice.refusal())
                        .append('|')
                        .append(choice.toolCalls()));
        return all.toString();
    }

    private static Outcome relay(List<byte[]> pieces) {
        HeldBytes budget = new HeldBytes(1 << 24);
        StreamObserver observer = new StreamObserver(100);
        Relay relay = new Relay(observer, null, true, 1 << 23, budget);
        ByteBuilder out = new ByteBuilder(1 << 16);
        Output output = new Output(out);
        for (byte[] piece : pieces) {
            output.read = piece;
            relay.feed(piece, 0, piece.length, output);
        }
        Relay.State state = relay.end(output);
        assertThat(budget.held()).isZero();
        StreamEnd end = observer.end(true, state == Relay.State.DONE);
        return new Outcome(state, end, out.toString(), relay.error(), assemble(pieces, true), relay.frames());
    }

    private static final class Output implements RelayOutput {
        private final ByteBuilder out;
        private byte[] read = {};

        Output(ByteBuilder out) {
            this.out = out;
        }

        @Override
        public void pass(int offset, int length) {
            out.append(read, offset, length);
        }

        @Override
        public void put(byte[] array, int offset, int length) {
            out.append(array, offset, length);
        }
    }

    /** What a client makes of it. */
    private static ChatResponse assemble(List<byte[]> pieces, boolean stream) {
        ResponseReader reader = new ResponseReader();
        EventCollector collector = new EventCollector();
        Assembler assembler = new Assembler();
        if (!stream) {
            reader.read(pieces.get(0), 0, pieces.get(0).length, collector);
            assembler.add(collector.takeChunk(new RawJson("{}")));
            return assembler.complete();
        }
        SseReader events = new SseReader(1 << 23, new HeldBytes(1 << 24));
        for (byte[] piece : pieces) {
            events.feed(piece, 0, piece.length);
            while (events.next()) {
                var block = events.block();
                if (block.hasData() && !block.isDone()) {
                    reader.read(block.dataArray(), block.dataStart(), block.dataLength(), collector);
                    assembler.add(collector.takeChunk(new RawJson("{}")));
                }
            }
        }
        return assembler.complete();
    }

    private static List<JsonNode> chunks(Recording recording) {
        List<JsonNode> chunks = new ArrayList<>();
        new String(recording.bytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .forEach(line -> chunks.add(JsonMapper.shared().readTree(line.substring(6))));
        return chunks;
    }

    private static JsonNode recordedError(Recording recording) {
        return chunks(recording).stream()
                .map(chunk -> chunk.path("error"))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(null);
    }
}
