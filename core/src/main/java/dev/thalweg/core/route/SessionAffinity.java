package dev.thalweg.core.route;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The same one for requests that have their session in common, so that a provider's prompt cache is met again; when it is
 * not open another one, the same for all of that session, and it again afterwards (rendezvous hashing). Without a session:
 * as another strategy says.
 */
final class SessionAffinity implements Strategy {
    private final Strategy otherwise;

    SessionAffinity(Strategy otherwise) {
        this.otherwise = otherwise;
    }

    @Override
    public String name() {
        return "session-affinity";
    }

    @Override
    public <T> Member<T> choose(List<Member<T>> open, RouteRequest request, long now, RandomGenerator random) {
        String session = request.affinity();
        if (session == null) {
            return otherwise.choose(open, request, now, random);
        }
        return Best.of(open, member -> distance(session, member.candidate())).get(0);
    }

    /** The least is nearest; in the long run each deployment is nearest in proportion to its weight. */
    private static double distance(String session, Candidate candidate) {
        Integer weight = candidate.weight();
        double uniform = ((mixed(session, candidate.id()) >>> 11) + 0.5) * 0x1.0p-53;
        return -Math.log(uniform) / (weight == null ? 1 : Math.max(weight, 1e-9));
    }

    private static long mixed(String session, String id) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < session.length(); i++) {
            hash = (hash ^ session.charAt(i)) * 0x100000001B3L;
        }
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return hash ^ (hash >>> 33);
    }
}
