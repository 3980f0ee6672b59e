package dev.thalweg.gateway.server;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The id that a request is known by at both ends: the caller's own where it is a sane one. */
final class RequestIds {
    private static final int LONGEST = 128;
    private static final char[] LETTERS = "0123456789abcdefghijklmnopqrstuv".toCharArray();

    private RequestIds() {}

    static String of(@Nullable String fromCaller) {
        return fromCaller != null && sane(fromCaller) ? fromCaller : fresh();
    }

    private static boolean sane(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static String fresh() {
        char[] id = new char[4 + 24];
        "req_".getChars(0, 4, id, 0);
        long high = ThreadLocalRandom.current().nextLong();
        long low = ThreadLocalRandom.current().nextLong();
        for (int i = 0; i < 12; i++) {
            id[4 + i] = LETTERS[(int) (high >>> (5 * i)) & 31];
            id[16 + i] = LETTERS[(int) (low >>> (5 * i)) & 31];
        }
        return new String(id);
    }
}
