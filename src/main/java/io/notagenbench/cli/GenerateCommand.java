package io.notagenbench.cli;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.device.Terminal;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.DrawListener;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes one piece as ABC, or many. */
@Command(name = "generate", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = "Writes one piece as ABC on standard output, or with -p pieces=N many into a folder.")
final class GenerateCommand implements Callable<Integer> {

    /** The fallback of {@code --stats} without a file. */
    private static final String STANDARD_ERROR = "-";

    @Mixin
    private ParameterOptions parameters = ParameterOptions.without(Parameter.CONTEXT, Parameter.BUFFER)
            .showing(Parameter.PIECES, "1");

    @Option(names = "-o", paramLabel = "FILE",
            description = "Writes the text into a file instead; many pieces into a folder.")
    private Path output;

    @Option(names = "--raw",
            description = "Writes the text as the model wrote it: rests are not put back, and an unfinished bar"
            + " at the end is kept.")
    private boolean raw;

    @Option(names = "--stats", arity = "0..1", fallbackValue = STANDARD_ERROR, paramLabel = "FILE",
            description = "Writes counts, times and outcome as JSON, to standard error or into a file.")
    private String stats;

    @Option(names = "--trace", paramLabel = "FILE",
            description = "Records the piece as a trace, for -p work=FILE.")
    private Path trace;

    @Option(names = "--draws", paramLabel = "FILE",
            description = "Records every draw: its random number, its character, and how far the number was from another character.")
    private Path draws;

    @Spec
    private CommandSpec spec;

    /** A piece with its counts and times. */
    private record Written(Piece piece, GenerationStats stats) {
    }

    @Override
    public Integer call() {
        Parameters given = parameters.single();
        boolean many = given.isGiven(Parameter.PIECES);
        if (many) {
            checkMany();
        } else {
            checkOne(given);
        }
        GenerationSettings settings = GenerationSettings.of(given);
        PromptWarnings.tell(List.of(given.text(Parameter.PROMPT)), err());
        if (many) {
            return new PieceQueue(output, raw, err()).write(given, settings);
        }
        return writeOne(given, settings);
    }

    private int writeOne(Parameters given, GenerationSettings settings) {
        TextSoFar text = new TextSoFar();
        int[] exitCode = {Fault.FAILED};
        try (StopSignals stop = new StopSignals(() -> deliverBeginning(text))) {
            Written written = write(given, settings, text);
            stop.whole(() -> {
                if (trace != null) {
                    OutputFile.write(trace, written.piece().trace(trace.getFileName().toString()).toJson());
                }
                tellStats(written.stats());
                exitCode[0] = deliver(written.piece());
                stop.close();
            });
        }
        return exitCode[0];
    }

    /** Writes what there is of the piece when Ctrl-C ends the process. */
    private void deliverBeginning(TextSoFar written) {
        String text = written.end();
        if (text.isEmpty()) {
            err().println("The piece was stopped before its first patch: nothing is written.");
            err().flush();
            return;
        }
        DeliveredText part = DeliveredText.stopped(text, raw);
        String what = raw ? ": its text so far is " : ": its whole bars are ";
        if (!part.complaints().isEmpty()) {
            what = ", before its first bar was whole: its text as the model wrote it is ";
        }
        try {
            print(part.text());
            err().println("The piece was stopped after " + Count.of(written.patches(), "patch", "patches") + what
                    + (output == null ? "on standard output" : "in " + output)
                    + (trace == null && stats == null ? "." : ", without --trace and --stats, which need all of it."));
        } catch (Fault e) {
            err().println(e.getMessage());
        }
        err().flush();
    }

    private void checkMany() {
        if (output == null || trace != null || stats != null || draws != null) {
            throw Fault.usage("-p pieces= writes many pieces: name a folder for them with -o, and leave out --trace, --draws and"
                    + " --stats.");
        }
        OutputFolder.check("-o", output);
    }

    private void checkOne(Parameters given) {
        if (given.isGiven(Parameter.BATCH)) {
            throw Fault.usage("-p batch= decodes several pieces together: say how many to write with -p pieces=, and where"
                    + " with -o FOLDER.");
        }
        if (output != null) {
            OutputFile.check("-o", output);
        }
        if (trace != null) {
            OutputFile.check("--trace", trace);
        }
        if (draws != null) {
            OutputFile.check("--draws", draws);
        }
        if (stats != null && !stats.equals(STANDARD_ERROR)) {
            OutputFile.check("--stats", Path.of(stats));
        }
    }

    private Written write(Parameters given, GenerationSettings settings, TextSoFar text) {
        EngineSettings engine = EngineSettings.of(given);
        BackendProvider provider = BackendProvider.of(engine.backend());
        provider.require(engine);
        long start = System.nanoTime();
        try (Weights weights = ModelSource.open(given.text(Parameter.MODEL))) {
            settings.requireRows(weights.config(), weights.name());
            try (NotaGenModel model = provider.open(engine, weights);
                    PatchDecoder decoder = PatchDecoders.open(Decoding.of(given.text(Parameter.DECODING)), model,
                            settings.patchLength(), KnownPieces.besides(settings.trace()))) {
                double loadSeconds = (System.nanoTime() - start) / 1e9;
                Piece piece = generate(settings, decoder, text);
                return new Written(piece, GenerationStats.of(given, weights.hash(), provider.engineVersion(), piece,
                        loadSeconds));
            }
        }
    }

    private Piece generate(GenerationSettings settings, PatchDecoder decoder, TextSoFar text) {
        DrawnCharacters drawn = new DrawnCharacters();
        try {
            return generate(new PieceGenerator(settings, decoder, text, draws == null ? DrawListener.NONE : drawn), text);
        } finally {
            if (draws != null) {
                OutputFile.write(draws, drawn.lines());
            }
        }
    }

    private Piece generate(PieceGenerator generator, TextSoFar text) {
        if (!Terminal.isStandardError()) {
            return generator.generate();
        }
        try (ProgressLine progress = new ProgressLine(err())) {
            text.tell(progress);
            return generator.generate();
        }
    }

    private void tellStats(GenerationStats told) {
        if (stats == null) {
            return;
        }
        String json = JsonText.of(told);
        if (stats.equals(STANDARD_ERROR)) {
            err().println(json);
        } else {
            OutputFile.write(Path.of(stats), json + "\n");
        }
    }

    /** Delivers what was written, also of a piece that went wrong. */
    private int deliver(Piece piece) {
        DeliveredText text = DeliveredText.of(piece, raw);
        text.notes().forEach(err()::println);
        text.complaints().forEach(err()::println);
        print(text.text());
        return text.complaints().isEmpty() ? 0 : Fault.FAILED;
    }

    private void print(String text) {
        if (output == null) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(text);
            out.flush();
        } else {
            OutputFile.write(output, text);
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
