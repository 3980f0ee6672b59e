package dev.thalweg.core.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.AnswerStream;
import dev.thalweg.core.dialect.AnswerStream.State;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.RelayOutput;
import dev.thalweg.core.dialect.TranslatedStream;
import dev.thalweg.core.dialect.openai.SplicedEvents;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.SseReader;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.LoopLimits;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a stream of one protocol through a translation to any, and through its relay. However it is cut the same comes out; what
 * is written is sound, what is passed on as well; nothing is held when it is over.
 */
record StreamCheck(Protocol upstream) implements Subject.Check {
    private static final int LIMIT = 1 << 22;

    /** From here on a relay passes an event on before it is whole: if it turns out to be broken that depends on the cuts. */
    private static final int LARGE = 64 * 1024;

    /** Where lines end with CR alone, nothing is waited for after one: a line feed that comes later goes its own way. */
    private static final String MIXED = "\r\r\n";

    private static final Map<Protocol, List<ChatRequest>> REQUESTS = requests();

    /** What came of a stream. */
    private record Outcome(State state, boolean torn, ErrorBody error, int frames, String id, int passed, String out) {}

    @Override
    public boolean takes(byte[] input, Draws draws) {
        Protocol caller = draws.pick(List.of(Protocol.values()));
        ChatRequest request = draws.pick(REQUESTS.get(caller));
        boolean showUsage = draws.random.nextBoolean();
        AnswerHead head = new AnswerHead("req1", upstream.dialect.name(), "alias", 17, showUsage, List.of());
        Outcome whole = same(caller, input, draws, budget -> {
            EventWriter writer = caller.dialect.eventWriter(head, request);
            return new TranslatedStream(
                    upstream.dialect.eventReader(),
                    writer,
                    observer(),
                    upstream.dialect.framing().reader(LIMIT, budget));
        });
        byte[] written = whole.out.getBytes(ISO_8859_1);
        Output.frames(written, caller.dialect.framing());
        Output.inProportion(written.length, input.length);
        Output.inProportion(assembled(input, caller, head, request).length, input.length);
        Outcome passed = relayed(input, draws, draws.random.nextBoolean() ? "alias" : null, showUsage);
        tight(input, draws, caller, head, request);
        return whole.state == State.DONE || whole.state == State.OPEN || passed.state == State.DONE;
    }

    /** As one answer, as for a caller who did not ask for a stream. */
    private byte[] assembled(byte[] input, Protocol caller, AnswerHead head, ChatRequest request) {
        EventCollector collector = new EventCollector();
        SseReader events = new SseReader(LIMIT, new HeldBytes(LIMIT));
        EventReader reader = upstream.dialect.eventReader();
        events.feed(input, 0, input.length);
        try {
            while (events.next() || events.finish()) {
                EventBlock block = events.block();
                if (block.hasData() && !block.isBlank() && !block.isDone() && !block.bare()) {
                    EventReader.Kind unused = reader.read(block, collector);
                }
            }
        } catch (JsonSyntaxException e) {
            // What came before is an answer all the same.
        }
        Assembler assembler = new Assembler();
        assembler.add(collector.takeChunk(new RawJson("{}")));
        byte[] answer = caller.dialect.writeAnswer(assembler.complete(), head, request);
        Output.document(answer);
        return answer;
    }

    private Outcome relayed(byte[] input, Draws draws, @Nullable String alias, boolean showUsage) {
        Function<HeldBytes, AnswerStream> relay = budget -> upstream.relay(observer(), alias, showUsage, LIMIT, budget);
        Outcome outcome =
                sameCut(input) ? same(upstream, input, draws, relay) : run(upstream, relay, List.of(input), LIMIT);
        byte[] passed = outcome.out.getBytes(ISO_8859_1);
        Output.passed(passed, upstream.dialect.framing());
        if (upstream == Protocol.OPENAI) {
            Output.passed(continued(passed), Framing.SSE);
        }
        Output.inProportion(passed.length, input.length);
        return outcome;
    }

    /** As the rest of an answer that broke. */
    private static byte[] continued(byte[] passed) {
        HeldBytes budget = new HeldBytes(LIMIT);
        SplicedEvents events = new SplicedEvents(
                "goes on", "id", Usage.builder().inputTokens(1).outputTokens(2).build(), LIMIT, budget);
        byte[] spliced = events.feed(passed, 0, passed.length);
        events.close();
        return spliced;
    }

    private static boolean sameCut(byte[] input) {
        return input.length < LARGE && !new String(input, ISO_8859_1).contains(MIXED);
    }

    /** The same with little room: an end like any other. */
    private void tight(byte[] input, Draws draws, Protocol caller, AnswerHead head, ChatRequest request) {
        int most = 1 + draws.random.nextInt(400);
        int room = 1 + draws.random.nextInt(400);
        List<byte[]> pieces = new ArrayList<>();
        draws.cut(input, pieces::addAll);
        run(upstream, budget -> upstream.relay(observer(), "alias", true, most, budget), pieces, room);
        run(
                caller,
                budget -> {
                    EventWriter writer = caller.dialect.eventWriter(head, request);
                    return new TranslatedStream(
                            upstream.dialect.eventReader(),
                            writer,
                            observer(),
                            upstream.dialect.framing().reader(most, budget));
                },
                pieces,
                room);
    }

    private static Outcome same(Protocol caller, byte[] input, Draws draws, Function<HeldBytes, AnswerStream> make) {
        Outcome whole = run(caller, make, List.of(input), LIMIT);
        draws.cut(input, pieces -> Output.same(whole, run(caller, make, pieces, LIMIT), pieces));
        return whole;
    }

    /** Drives it as a gateway does, to the last word for the caller. */
    private static Outcome run(Protocol caller, Function<HeldBytes, AnswerStream> make, List<byte[]> pieces, int room) {
        HeldBytes budget = new HeldBytes(room);
        AnswerStream stream = make.apply(budget);
        Taken taken = new Taken();
        for (byte[] piece : pieces) {
            taken.read(piece);
            stream.feed(taken.read, 3, piece.length, taken);
        }
        taken.read(new byte[0]);
        State state = stream.end(taken);
        if (budget.held() != 0) {
            throw new AssertionError("still holds " + budget.held() + " bytes");
        }
        if (stream instanceof TranslatedStream translated) {
            if (state == State.OPEN) {
                stream.complete(taken);
            } else if (state != State.DONE) {
                taken.put(translated.writer().keepAlive());
                taken.put(lastWords(translated, caller));
            }
        }
        return new Outcome(
                state, stream.torn(), stream.error(), stream.frames(), stream.id(), stream.passed(), taken.text());
    }

    private static byte[] lastWords(TranslatedStream stream, Protocol caller) {
        ErrorBody error = stream.error();
        CallerError told =
                new CallerError(502, error.message(), "api_error", error.code(), error.param(), "req1", List.of());
        return caller.dialect.writeErrorEvent(told, stream.writer());
    }

    private static StreamObserver observer() {
        return new StreamObserver(LoopLimits.defaults());
    }

    private static Map<Protocol, List<ChatRequest>> requests() {
        Map<Protocol, List<ChatRequest>> all = new EnumMap<>(Protocol.class);
        for (Protocol protocol : Protocol.values()) {
            List<ChatRequest> own = new ArrayList<>();
            own.add(ChatRequest.of("m", "Hi"));
            for (byte[] body : protocol.requests()) {
                own.add(protocol.dialect.readRequest(body, 0, body.length));
            }
            all.put(protocol, own);
        }
        return all;
    }

    /** What a stream put out. Only what lies in the read at hand may be passed on from it, and only once. */
    private static final class Taken implements RelayOutput {
        private final ByteBuilder out = new ByteBuilder(1024);
        private byte[] read = {};
        private int from;
        private int to;

        void read(byte[] piece) {
            read = new byte[piece.length + 7];
            System.arraycopy(piece, 0, read, 3, piece.length);
            from = 3;
            to = 3 + piece.length;
        }

        void put(byte[] bytes) {
            out.append(bytes, 0, bytes.length);
        }

        String text() {
            return new String(out.toBytes(), ISO_8859_1);
        }

        @Override
        public void pass(int offset, int length) {
            if (length <= 0 || offset < from || offset + length > to) {
                throw new AssertionError("passes " + offset + "+" + length + " of the read " + from + ".." + to);
            }
            from = offset + length;
            out.append(read, offset, length);
        }

        @Override
        public void put(byte[] array, int offset, int length) {
            if (length <= 0) {
                throw new AssertionError("puts nothing");
            }
            out.append(array, offset, length);
        }
    }
}
