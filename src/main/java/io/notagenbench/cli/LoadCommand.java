package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.load.Arrivals;
import io.notagenbench.load.Load;
import io.notagenbench.load.LoadCell;
import io.notagenbench.load.LoadResult;
import io.notagenbench.load.LoadRun;
import io.notagenbench.load.LoadSettings;
import io.notagenbench.load.Phases;
import io.notagenbench.load.Popularity;
import io.notagenbench.load.ResultFolder;
import io.notagenbench.load.ServerProcess;
import io.notagenbench.load.Slo;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.sweep.InheritedFlags;
import io.notagenbench.sweep.SuiteCommit;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Loads a service with requests and measures what its clients see. */
@Command(name = "load", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Loads a service with requests for pieces, at several rates, and measures what its clients see. Every text is"
            + " compared with what the engine writes alone; exit code 1 where one differs.",
            "Times count from the moment that a request is meant to be sent at."})
final class LoadCommand implements Callable<Integer> {

    private static final int MOST_FLOOR = 100_000;

    @Mixin
    private ParameterOptions parameters = ParameterOptions.of(Parameter.MODEL, Parameter.PATCH_LENGTH, Parameter.TEMPERATURE,
            Parameter.TOP_K, Parameter.TOP_P, Parameter.SEED, Parameter.PROMPT, Parameter.WORK, Parameter.PATCHES, Parameter.TIME_LIMIT)
            .listing("", List.of(Parameter.PATCHES))
            .showing(Parameter.MODEL, "as the server").showing(Parameter.PATCH_LENGTH, "as the server")
            .withDefault(Parameter.PATCHES, "16", "32", "64")
            .meaning(Parameter.MODEL, "the weights that the server has, which texts are compared with")
            .meaning(Parameter.PATCH_LENGTH, "context window in patches that requests ask for")
            .meaning(Parameter.SEED, "of the first piece, of the times of requests, and of what they ask for")
            .meaning(Parameter.PATCHES, "budgets of patches of the pieces, which have each with equal probability; 0 writes until it ends")
            .meaning(Parameter.TIME_LIMIT, "seconds after which a request is given up and is an error; 0 is no limit");

    @picocli.CommandLine.Parameters(arity = "0..*", paramLabel = "URL",
            description = "Address of a service, such as http://127.0.0.1:8080/; with --serve, behind --, options of the command serve.")
    private List<String> words = List.of();

    @Option(names = "--serve", description = "Starts a service in a process of its own, with the options behind --, as in load --serve"
            + " --clients 4 -- -p batch=4 --cache none.")
    private boolean serve;

    @Option(names = "--rates", split = ",", paramLabel = "RATE", defaultValue = "30%,50%,70%,80%,90%,100%,110%",
            description = "Requests a second, a row for each, or percentages of the texts a second that as many clients get as the"
                + " server decodes together; ${DEFAULT-VALUE} if not given.")
    private List<String> rates;

    @Option(names = "--clients", split = ",", paramLabel = "N",
            description = "Instead of rates: this many clients, each of which sends a request when its last one has ended; a row for each.")
    private List<Integer> clients;

    @Option(names = "--arrivals", paramLabel = "KIND", defaultValue = "poisson",
            description = "When requests of a rate are sent: ${DEFAULT-VALUE}, which is the default, or constant.")
    private String arrivals;

    @Option(names = "--popularity", paramLabel = "KIND", defaultValue = LoadCell.DEFAULT_POPULARITY,
            description = "Which pieces are asked for: ${DEFAULT-VALUE}, the default; repeat:0.5, where half of the requests ask for a"
                + " piece again; or zipf:0.9:1000, by Zipf's law with this exponent among this many pieces.")
    private String popularity;

    @Option(names = "--requests", paramLabel = "N", defaultValue = LoadCell.DEFAULT_REQUESTS,
            description = "Measured requests of a row: ${DEFAULT-VALUE} if not given. p90 needs 100, p99 1000.")
    private int requests;

    @Option(names = "--ramp", paramLabel = "N", defaultValue = "20",
            description = "Requests of a row before the measured ones: ${DEFAULT-VALUE} if not given.")
    private int ramp;

    @Option(names = "--slo", paramLabel = "SLO", defaultValue = "ttft:1000,gap:200,total:30000",
            description = "What a good request meets, in milliseconds: the time to the first patch, the mean gap between patches and the"
                + " total; ${DEFAULT-VALUE} if not given.")
    private String slo;

    @Option(names = "--buffer", paramLabel = "SECONDS", defaultValue = "2",
            description = "From the first whole bar to the start of the music, for the share of streams that can be played while they are"
                + " written: ${DEFAULT-VALUE} s if not given.")
    private double buffer;

    @Option(names = "--floor", paramLabel = "N", defaultValue = "100",
            description = "Requests that measure what HTTP and the client take without an engine: ${DEFAULT-VALUE} if not given; 0"
                + " measures none.")
    private int floor;

    @Option(names = "-o", paramLabel = "FOLDER", description = "Keeps rows as JSON and their histograms in this folder.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        LoadSettings settings = settings();
        if (serve && words.stream().anyMatch(word -> word.startsWith("http"))) {
            throw Fault.usage("Give the address of a service or --serve, not both.");
        }
        if (folder != null) {
            OutputFolder.check("-o", folder);
        }
        LoadResult result = serve ? runServer(settings) : run(settings, address(), () -> { });
        new LoadText(result).print(spec.commandLine().getOut());
        return result.passes() ? 0 : Fault.FAILED;
    }

    private LoadResult runServer(LoadSettings settings) {
        try (ServerProcess server = new ServerProcess(ServerProcess.launcher(InheritedFlags.ofThisProcess()), words, this::tell)) {
            return run(settings, server.uri(), server::close);
        }
    }

    /** @param done called when the server is needed no more */
    private LoadResult run(LoadSettings settings, URI server, Runnable done) {
        LoadRun run = new LoadRun(settings, server, SuiteVersion.suite() + " " + SuiteCommit.find().orElse("unknown"), this::tell,
                Optional.ofNullable(folder).map(ResultFolder::new));
        if (settings.floor() > 0) {
            run.measureFloor(ServerProcess.launcher(InheritedFlags.ofThisProcess()));
        }
        run.measure();
        done.run();
        return run.compare();
    }

    private LoadSettings settings() {
        Parameters given = parameters.single();
        List<Integer> lengths = parameters.lists().get(Parameter.PATCHES).stream().map(Integer::valueOf).toList();
        if (floor < 0 || floor == 1 || floor > MOST_FLOOR) {
            throw Fault.usage("--floor " + floor + " is not possible: give 2 to " + MOST_FLOOR + " requests, or 0 for none.");
        }
        if (!(buffer >= 0) || Double.isInfinite(buffer)) {
            throw Fault.usage("--buffer " + buffer + " is not possible: give seconds, 0 or more.");
        }
        if (clients != null && spec.commandLine().getParseResult().hasMatchedOption("--rates")) {
            throw Fault.usage("--rates and --clients are two ways to load: give one of them.");
        }
        return new LoadSettings(given, lengths, clients == null ? Load.rates(rates) : Load.clients(clients), Arrivals.of(arrivals),
                Popularity.of(popularity), new Phases(ramp, requests), Slo.of(slo), buffer, floor);
    }

    private URI address() {
        if (words.size() != 1) {
            throw Fault.usage("Name the address of one service, as in load http://127.0.0.1:8080/, or let load start one with --serve.");
        }
        String url = words.get(0);
        try {
            URI address = new URI(url.endsWith("/") ? url : url + "/");
            if (address.getHost() != null && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw Fault.usage(url + " is not the address of a service: give one such as http://127.0.0.1:8080/.");
    }

    private synchronized void tell(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence);
        err.flush();
    }
}
