package dev.thalweg.core.stream.property;

/** How a provider cuts an answer. The defaults are drawn anew for each answer; a style sets those it is known for. */
final class Habits {
    enum When {
        FIRST,
        EVERY,
        LATE,
        NEVER
    }

    enum Calls {
        PIECES,
        WHOLE,
        WHOLE_TOGETHER
    }

    enum Index {
        RIGHT,
        SHIFTED,
        ZERO,
        NONE
    }

    enum Reasoning {
        REASONING_CONTENT,
        REASONING,
        BOTH,
        CONTENT_LIST
    }

    enum Finish {
        WITH_LAST,
        OWN,
        TWICE,
        NEVER
    }

    enum UsageAt {
        OWN_CHUNK,
        FINISH,
        EVERY,
        X_GROQ,
        CHOICE
    }

    When role;
    When head;
    When extras;
    When callId;
    When callName;
    When callType;
    Calls calls;
    Index callIndex;
    Reasoning reasoning;
    Finish finish;
    UsageAt usage;
    boolean prelude;
    boolean nullsBeside;
    boolean emptyContentBeside;
    boolean emptyListsBeside;
    boolean nullFinish;
    boolean nullUsage;
    boolean nullExtras;
    boolean wholeSoFar;
    boolean choiceIndex = true;
    boolean contentList;
    boolean done;
    boolean shuffled;
    boolean mixed;
    boolean firstPiecesInOrder;
    boolean callsOutOfOrder;
    double noise;
    double together;
    String padding = "";
    int pieceLength;

    Habits(Rng rng) {
        role = rng.pick(When.FIRST, When.FIRST, When.EVERY, When.NEVER);
        head = rng.pick(When.FIRST, When.EVERY, When.EVERY, When.LATE);
        extras = rng.pick(When.FIRST, When.EVERY, When.LATE);
        callId = rng.pick(When.FIRST, When.EVERY, When.LATE);
        callName = rng.pick(When.FIRST, When.FIRST, When.EVERY, When.LATE);
        callType = rng.pick(When.FIRST, When.EVERY, When.LATE, When.NEVER);
        calls = rng.pick(Calls.PIECES, Calls.PIECES, Calls.WHOLE, Calls.WHOLE_TOGETHER);
        callIndex = rng.pick(Index.RIGHT, Index.RIGHT, Index.RIGHT, Index.SHIFTED);
        reasoning = rng.pick(Reasoning.REASONING_CONTENT, Reasoning.REASONING, Reasoning.BOTH);
        finish = rng.pick(Finish.WITH_LAST, Finish.OWN, Finish.TWICE);
        usage = rng.pick(UsageAt.OWN_CHUNK, UsageAt.FINISH, UsageAt.EVERY);
        nullsBeside = rng.chance(0.3);
        emptyContentBeside = rng.chance(0.3);
        emptyListsBeside = rng.chance(0.15);
        nullFinish = rng.chance(0.7);
        nullUsage = rng.chance(0.4);
        nullExtras = rng.chance(0.3);
        done = rng.chance(0.85);
        shuffled = rng.chance(0.3);
        mixed = rng.chance(0.4);
        firstPiecesInOrder = rng.chance(0.8);
        noise = rng.pick(0.0, 0.05, 0.25);
        together = rng.pick(0.0, 0.2, 0.8);
        pieceLength = rng.pick(1, 3, 8, 30, 200, 20_000);
    }
}
