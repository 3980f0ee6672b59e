package dev.thalweg.core.stream.property;

import dev.thalweg.core.stream.property.Habits.Calls;
import dev.thalweg.core.stream.property.Habits.Index;
import dev.thalweg.core.stream.property.Habits.When;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cuts tool calls into the {@code tool_calls} of deltas. */
final class CallCutter {
    private final Rng rng;
    private final Habits habits;

    CallCutter(Rng rng, Habits habits) {
        this.rng = rng;
        this.habits = habits;
    }

    List<ObjectNode> cut(JsonNode calls) {
        List<List<ObjectNode>> lanes = new ArrayList<>();
        int shift = habits.callIndex == Index.SHIFTED ? rng.between(1, 3) : 0;
        for (int i = 0; i < calls.size(); i++) {
            lanes.add(index(call(calls.get(i)), i + shift));
        }
        List<ObjectNode> deltas = new ArrayList<>();
        if (habits.calls == Calls.WHOLE_TOGETHER) {
            ArrayNode first = Trees.array();
            ArrayNode rest = Trees.array();
            int border = rng.chance(0.7) ? lanes.size() : rng.between(1, lanes.size());
            for (int i = 0; i < lanes.size(); i++) {
                (i < border ? first : rest).add(lanes.get(i).get(0));
            }
            deltas.add(delta(first));
            if (!rest.isEmpty()) {
                deltas.add(delta(rest));
            }
            return deltas;
        }
        if (habits.calls == Calls.PIECES && habits.mixed) {
            return together(woven(lanes));
        }
        Lanes.weave(rng, lanes, false).forEach(piece -> deltas.add(delta(Trees.array(piece))));
        return deltas;
    }

    /** The pieces of all calls, dealt out at random; the first piece of each in the order of the calls, mostly. */
    private List<ObjectNode> woven(List<List<ObjectNode>> lanes) {
        List<ObjectNode> pieces = new ArrayList<>();
        int[] taken = new int[lanes.size()];
        int begun = 0;
        int left = lanes.stream().mapToInt(List::size).sum();
        while (left > 0) {
            int lane = rng.below(habits.firstPiecesInOrder ? Math.min(begun + 1, lanes.size()) : lanes.size());
            if (taken[lane] == lanes.get(lane).size()) {
                continue;
            }
            habits.callsOutOfOrder |= lane > begun;
            begun = Math.max(begun, lane + 1);
            pieces.add(lanes.get(lane).get(taken[lane]++));
            left--;
        }
        return pieces;
    }

    /** Neighbours of different calls share a delta now and then. */
    private List<ObjectNode> together(List<ObjectNode> pieces) {
        List<ObjectNode> deltas = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            ArrayNode list = Trees.array(pieces.get(i));
            boolean two = i + 1 < pieces.size()
                    && rng.chance(0.2)
                    && !pieces.get(i).path("index").equals(pieces.get(i + 1).path("index"));
            if (two) {
                list.add(pieces.get(++i));
            }
            deltas.add(delta(list));
        }
        return deltas;
    }

    private List<ObjectNode> call(JsonNode call) {
        String kind = call.has("custom") ? "custom" : "function";
        String textName = call.has("custom") ? "input" : "arguments";
        String text = call.get(kind).get(textName).stringValue();
        if (habits.calls != Calls.PIECES) {
            ObjectNode whole = (ObjectNode) call.deepCopy();
            if (whole.path("id").stringValue().isEmpty() && rng.chance(0.5)) {
                whole.remove("id");
            }
            return List.of(whole);
        }
        List<String> texts = new ArrayList<>(Texts.pieces(rng, text, habits.pieceLength));
        if (text.equals("{}") && kind.equals("function") && rng.chance(0.6)) {
            texts = new ArrayList<>(List.of(""));
        }
        boolean late = habits.callId == When.LATE || habits.callName == When.LATE || habits.callType == When.LATE;
        if (rng.chance(0.6) || (late && texts.size() == 1)) {
            texts.add(0, "");
        }
        int last = texts.size() - 1;
        int idAt = habits.callId == When.LATE ? rng.between(0, last) : 0;
        int nameAt = habits.callName == When.LATE ? rng.between(0, last) : 0;
        int typeAt = habits.callType == When.LATE ? rng.between(0, last) : 0;
        int extraAt = rng.chance(0.7) ? 0 : rng.between(0, last);
        List<ObjectNode> pieces = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            ObjectNode piece = Trees.object();
            put(piece, "id", call.get("id").stringValue(), habits.callId == When.EVERY || i == idAt);
            boolean type = habits.callType != When.NEVER && (habits.callType == When.EVERY || i == typeAt);
            put(piece, "type", call.get("type").stringValue(), type);
            ObjectNode inner = piece.putObject(kind);
            put(inner, "name", call.get(kind).get("name").stringValue(), habits.callName == When.EVERY || i == nameAt);
            if (!texts.get(i).isEmpty() || rng.chance(0.7)) {
                inner.put(textName, texts.get(i));
            }
            if (i == extraAt && call.has("extra_content")) {
                piece.set("extra_content", call.get("extra_content").deepCopy());
            }
            pieces.add(piece);
        }
        return pieces;
    }

    private void put(ObjectNode piece, String name, String value, boolean now) {
        if (now && !value.isEmpty()) {
            piece.put(name, value);
        } else if (habits.nullsBeside && rng.chance(0.5)) {
            piece.putNull(name);
        } else if (rng.chance(0.05)) {
            piece.put(name, "");
        }
    }

    private List<ObjectNode> index(List<ObjectNode> pieces, int index) {
        for (ObjectNode piece : pieces) {
            switch (habits.callIndex) {
                case NONE -> {}
                case ZERO -> piece.put("index", 0);
                default -> piece.put("index", index);
            }
        }
        return pieces;
    }

    private static ObjectNode delta(ArrayNode calls) {
        return Trees.object("delta", Trees.object("tool_calls", calls));
    }
}
