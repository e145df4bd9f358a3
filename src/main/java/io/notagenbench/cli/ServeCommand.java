package io.notagenbench.cli;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.BatchCheck;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.service.Service;
import io.notagenbench.service.ServiceSettings;
import io.notagenbench.sweep.SuiteCommit;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Answers requests for pieces over HTTP until it is told to stop. */
@Command(name = "serve", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = "Answers requests for pieces over HTTP, in the form of OpenAI's completions, and has a page for people at /.")
final class ServeCommand implements Callable<Integer> {

    private static final String BATCH = "8";

    @Mixin
    private ParameterOptions parameters = ParameterOptions.without(Parameter.CONTEXT, Parameter.BUFFER, Parameter.PIECES,
            Parameter.SEED, Parameter.PROMPT, Parameter.WORK, Parameter.PATCHES)
            .showing(Parameter.BATCH, BATCH)
            .meaning(Parameter.PATCH_LENGTH, "the largest context window in patches, and that of a request that names none")
            .meaning(Parameter.TIME_LIMIT, "seconds from the arrival of a request to the end of its text; 0 is no limit");

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
            description = "Address to listen on: ${DEFAULT-VALUE}, this machine alone, if not given; 0.0.0.0 is every network of this machine.")
    private String host;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080",
            description = "Port to listen on: ${DEFAULT-VALUE} if not given; 0 is any free one.")
    private int port;

    @Option(names = "--queue", paramLabel = "N", defaultValue = "64",
            description = "Requests that may wait: ${DEFAULT-VALUE} if not given. The next one is answered 429.")
    private int queue;

    @Option(names = "--cache", paramLabel = "CACHE", defaultValue = "caffeine",
            description = "Where texts are kept for equal requests: none, ${DEFAULT-VALUE} if not given, or redis://host:port.")
    private String cache;

    @Option(names = "--drain", paramLabel = "SECONDS", defaultValue = "25",
            description = "Seconds in which running pieces may end after SIGTERM: ${DEFAULT-VALUE} if not given.")
    private int drain;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Parameters given = parameters.single();
        EngineSettings engine = EngineSettings.of(given);
        BackendProvider.of(engine.backend()).require(engine);
        ModelSource.config(given.text(Parameter.MODEL)).tooLong(Parameter.PATCH_LENGTH.label(), given.whole(Parameter.PATCH_LENGTH),
                given.text(Parameter.MODEL)).ifPresent(reason -> {
                    throw Fault.usage(reason);
                });
        ServiceSettings settings = new ServiceSettings(host, port, queue, cache, Duration.ofSeconds(drain), slots(given, engine), given,
                SuiteVersion.suite() + " " + SuiteCommit.find().orElse("unknown"));
        try (Service service = new Service(settings, this::tell)) {
            return serve(service);
        }
    }

    /** One piece after the other where the engine decodes none together. */
    private int slots(Parameters given, EngineSettings engine) {
        Optional<String> refusal = BatchCheck.refusal(engine);
        if (given.isGiven(Parameter.BATCH)) {
            int slots = given.whole(Parameter.BATCH);
            return slots == 1 ? 1 : BatchCheck.slots(slots, engine);
        }
        refusal.ifPresent(reason -> tell("One piece is decoded after the other: " + reason));
        return refusal.isPresent() ? 1 : Integer.parseInt(BATCH);
    }

    private int serve(Service service) throws InterruptedException {
        service.start();
        // whoever stops a service gets what they asked for
        try (StopSignals stop = new StopSignals(service::drain, signal -> 0)) {
            say("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + service.port() + "/");
            service.awaitReady();
            say("ready");
            service.awaitEnd();
        }
        return 0;
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private synchronized void tell(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence);
        err.flush();
    }
}
