package dev.thalweg.gateway;

import dev.thalweg.core.catalog.ModelCatalog;
import dev.thalweg.model.Ability;
import dev.thalweg.model.ModelInfo;
import dev.thalweg.model.PricePart;
import dev.thalweg.model.Rate;
import dev.thalweg.model.Rates;
import dev.thalweg.model.ServiceTier;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code thalweg models}. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description =
                "Lists the models of the catalogue: context window, longest answer, and prices of today in US dollars for"
                        + " a million tokens. An empty price is not known.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:they are listed",
            "1:there is no such provider in the catalogue",
            "2:the command line has mistakes"
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  thalweg models --provider anthropic", "  thalweg models --json"})
final class ModelsCommand implements Callable<Integer> {
    private static final String ROW = "%-60s %9s %9s %10s %10s %10s %10s%n";

    private final ModelCatalog catalog = ModelCatalog.bundled();

    @Option(names = "--provider", paramLabel = "NAME", description = "Only the models of this provider.")
    private @Nullable String provider;

    @Option(names = "--json", description = "A line of JSON for each model, with all that is known of it.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (provider != null && !catalog.hasProvider(provider)) {
            spec.commandLine()
                    .getErr()
                    .println("There is no provider '" + provider + "' in the catalogue. It has "
                            + String.join(", ", catalog.providers()) + ".");
            return 1;
        }
        PrintWriter out = spec.commandLine().getOut();
        Instant now = Instant.now();
        if (!json) {
            out.printf(ROW, "model", "context", "output", "input $", "output $", "cached $", "written $");
        }
        for (String name : provider == null ? catalog.providers() : List.of(provider)) {
            for (ModelInfo model : catalog.models(name)) {
                print(out, model, now);
            }
        }
        out.flush();
        return 0;
    }

    private void print(PrintWriter out, ModelInfo model, Instant now) {
        Rates rates = model.prices().at(now).orElse(Rates.builder().build());
        if (json) {
            out.println(json(model, rates));
        } else {
            out.printf(
                    ROW,
                    model.provider() + "/" + model.name(),
                    text(model.contextWindow()),
                    text(model.maxOutput()),
                    text(rates, PricePart.INPUT),
                    text(rates, PricePart.OUTPUT),
                    text(rates, PricePart.CACHE_READ),
                    text(rates, PricePart.CACHE_WRITE));
        }
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "";
    }

    private static String text(Rates rates, PricePart part) {
        return rates.rate(part).map(rate -> rate.price().toPlainString()).orElse("");
    }

    private static String json(ModelInfo model, Rates rates) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("provider", model.provider());
        line.put("model", model.name());
        model.contextWindow().ifPresent(tokens -> line.put("context_window", tokens));
        model.maxOutput().ifPresent(tokens -> line.put("max_output_tokens", tokens));
        ArrayNode abilities = line.putArray("abilities");
        model.abilities().stream().sorted().map(Ability::label).forEach(abilities::add);
        for (ServiceTier tier : ServiceTier.values()) {
            Map<PricePart, Rate> known = rates.rates(tier);
            if (!known.isEmpty()) {
                String suffix =
                        tier == ServiceTier.STANDARD ? "" : "_" + tier.name().toLowerCase(Locale.ROOT);
                prices(line.putObject("prices" + suffix), known);
            }
        }
        return line.toString();
    }

    private static void prices(ObjectNode json, Map<PricePart, Rate> known) {
        known.forEach((part, rate) -> {
            json.put(part.label(), rate.price());
            rate.steps().forEach(step -> json.put(part.label() + "_above_" + step.above(), step.price()));
        });
    }
}
