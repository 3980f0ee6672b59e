package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.ScriptedUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Every scenario between every caller's protocol and every provider's: runs them through a gateway, and shows what came of it.
 *
 * <p>{@code Matrix.run(Front.all(), Upstream.all(), gateways).failures()} is the test, and {@link #markdown} its table.
 * Immutable.
 *
 * @param fronts the callers' protocols
 * @param upstreams the providers' protocols
 * @param cells what came of each scenario, form and pair
 */
public record Matrix(List<Front> fronts, List<Upstream> upstreams, List<Cell> cells) {
    /** The model that callers ask for. */
    public static final String MODEL = "conformance";

    private static final int AT_A_TIME = 3;

    /** The header that tells what was left out. */
    public static final String WARNINGS = "x-thalweg-warnings";

    /** Copies the lists. */
    public Matrix {
        fronts = List.copyOf(fronts);
        upstreams = List.copyOf(upstreams);
        cells = List.copyOf(cells);
    }

    /** Runs all scenarios. */
    public static Matrix run(List<Front> fronts, List<Upstream> upstreams, Gateways gateways) {
        return run(Scenario.all(), fronts, upstreams, gateways);
    }

    /** Runs these scenarios. */
    public static Matrix run(
            List<Scenario> scenarios, List<Front> fronts, List<Upstream> upstreams, Gateways gateways) {
        // Each upstream has a server and a gateway of its own, and much of the time is spent waiting for clocks.
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<List<Cell>>> columns = upstreams.stream()
                    .map(upstream -> threads.submit(() -> column(scenarios, fronts, upstream, gateways)))
                    .toList();
            var cells = new ArrayList<Cell>();
            for (Future<List<Cell>> column : columns) {
                cells.addAll(column.get());
            }
            return new Matrix(fronts, upstreams, cells);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The gateway under test did not run.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while scenarios ran.", e);
        }
    }

    private static List<Cell> column(
            List<Scenario> scenarios, List<Front> fronts, Upstream upstream, Gateways gateways) {
        var cells = new ArrayList<Cell>();
        try (var server = ScriptedUpstream.start();
                var gateway = gateways.start(upstream, server.url())) {
            for (Scenario scenario : scenarios) {
                for (Scenario.Form form : scenario.forms()) {
                    for (Front front : fronts) {
                        cells.add(cell(scenario, form, front, upstream, server, gateway, gateways));
                    }
                }
            }
        }
        return cells;
    }

    private static Cell cell(
            Scenario scenario,
            Scenario.Form form,
            Front front,
            Upstream upstream,
            ScriptedUpstream server,
            Gateways.Running gateway,
            Gateways gateways) {
        String impossible = scenario.impossible(front.protocol(), upstream.protocol());
        if (impossible != null) {
            return cell(scenario, form, front, upstream, Cell.Outcome.IMPOSSIBLE, impossible);
        }
        var trial = new Trial(scenario, front, upstream, form == Scenario.Form.STREAM);
        try {
            String leftOut = scenario.reply().fault() == Fault.NONE
                    ? trial.run(server, gateway)
                    : alone(trial, upstream, server, gateways);
            Cell.Outcome outcome = leftOut.isEmpty() ? Cell.Outcome.WORKS : Cell.Outcome.WARNS;
            return cell(scenario, form, front, upstream, outcome, leftOut);
        } catch (AssertionError | RuntimeException e) {
            // Whatever a gateway's answer does to a reader, the other cells are run.
            String what = e instanceof AssertionError ? String.valueOf(e.getMessage()) : e.toString();
            String why = what.replaceAll("\\s+", " ");
            return cell(scenario, form, front, upstream, Cell.Outcome.FAILS, why);
        }
    }

    /** With a gateway of its own: one that has seen its provider fail may treat it otherwise. */
    private static String alone(Trial trial, Upstream upstream, ScriptedUpstream server, Gateways gateways) {
        try (var gateway = gateways.start(upstream, server.url())) {
            return trial.run(server, gateway);
        }
    }

    private static Cell cell(
            Scenario scenario, Scenario.Form form, Front front, Upstream upstream, Cell.Outcome outcome, String cause) {
        return new Cell(scenario, form, front.protocol(), upstream.protocol(), outcome, cause);
    }

    /** What does not work. */
    public List<Cell> failures() {
        return cells.stream().filter(Cell::fails).toList();
    }

    /** The table, in Markdown. */
    public String markdown() {
        return new MatrixTable(this).markdown();
    }
}
