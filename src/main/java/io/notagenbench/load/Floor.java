package io.notagenbench.load;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What HTTP, the server's own code and the client take without an engine: a {@code serve} in a process of its own answers from its
 * memory texts that it has written before.
 */
final class Floor {

    private static final int RAMP = 50;
    private static final double RATE = 25;

    private Floor() {
    }

    static Row.Latencies measure(LoadSettings settings, List<String> launcher, Consumer<String> messages) {
        Parameters tiny = Parameters.defaults().with(Parameter.SEED, String.valueOf(settings.parameters().seed()));
        Requests requests = new Requests(settings, tiny, tiny.text(Parameter.MODEL));
        List<Integer> budgets = settings.lengths();
        List<Wanted> known = new ArrayList<>();
        for (int i = 0; i < budgets.size(); i++) {
            known.add(new Wanted(i, budgets.get(i)));
        }
        try (ServerProcess server = new ServerProcess(launcher, List.of("-p", "backend=onnx", "--cache", "caffeine"), messages)) {
            return measure(settings, known, new Generator(sender(server.uri(), requests), Clock.MACHINE));
        }
    }

    private static HttpSender sender(URI server, Requests requests) {
        return new HttpSender(server, requests::body, requests.limit());
    }

    private static Row.Latencies measure(LoadSettings settings, List<Wanted> known, Generator generator) {
        Phases priming = new Phases(0, Math.max(2, known.size()));
        List<Wanted> each = new ArrayList<>();
        for (int i = 0; i < priming.steady(); i++) {
            each.add(known.get(i % known.size()));
        }
        generator.closed(each, 1, priming);
        Phases phases = new Phases(RAMP, settings.floor());
        List<Wanted> again = new ArrayList<>();
        for (int i = 0; i < phases.all(); i++) {
            again.add(known.get(i % known.size()));
        }
        List<Answered> answered = generator.open(again, Arrivals.CONSTANT.offsets(again.size(), RATE, 0), phases).stream()
                .map(Answered::of).toList();
        Set<String> origins = new HashSet<>();
        answered.forEach(one -> origins.add(one.cache()));
        if (!origins.equals(Set.of("hit"))) {
            throw Fault.failed("The server that answers from its memory did not: " + origins + ".");
        }
        return new RowMeasurement(answered, phases).latencies(RowMeasurement.ALL);
    }
}
