package io.notagenbench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.device.Cores;
import io.notagenbench.device.Terminal;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.race.Rounds;
import io.notagenbench.schemes.Candidate;
import io.notagenbench.schemes.SchemeComparison;
import io.notagenbench.schemes.SchemeResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares ways to round the weights of linear layers. */
@Command(name = "schemes", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Compares ways to round the weights of linear layers: what each loses against fp32 over recorded pieces"
            + " with every character given, what it takes, and how fast it decodes, all of them in turns.",
            "work takes a list, the first of which is decoded for the times; context is the most patches of each piece for the"
            + " loss, patches are those that are timed.",
            "All models are loaded at the same time: choose fewer --schemes and a smaller context for a large one."})
final class SchemesCommand implements Callable<Integer> {

    static final String DEFAULT_CONTEXT = "128";
    static final String DEFAULT_PATCHES = "120";

    /** The longest piece first: it is decoded. */
    private static final String[] DEFAULT_WORK = {"long", "two-voices", "four-voices"};

    /** What a scheme or this command decides. */
    private static final List<Parameter> DECIDED = List.of(Parameter.BACKEND, Parameter.PRECISION, Parameter.DECODING,
            Parameter.DEVICE);

    @Option(names = "--schemes", split = ",", paramLabel = "SCHEME",
            description = "What is compared, separated by commas, such as int4-32-zero-search (bits, inputs that share a scale, zero"
                + " points, searched range), int8-row (one scale for each output) or, with some layers otherwise,"
                + " int4-32+mlp.c_proj=int8-64 or int4-32+char_level=fp32. Default: all that were considered.")
    private List<String> schemes;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "12",
            description = "In which the patches are decoded, each in random order; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--skip", paramLabel = "N", defaultValue = "64",
            description = "Patches of the piece before the first that is decoded; default ${DEFAULT-VALUE}.")
    private int skip;

    @Option(names = "-o", paramLabel = "FILE", description = "Keeps every loss and every turn there, as JSON.")
    private Path file;

    @Mixin
    private ParameterOptions parameters = ParameterOptions.of(Parameter.MODEL, Parameter.PATCH_LENGTH, Parameter.CONTEXT,
            Parameter.TEMPERATURE, Parameter.TOP_K, Parameter.TOP_P, Parameter.SEED, Parameter.WORK, Parameter.PATCHES,
            Parameter.THREADS).withDefault(Parameter.WORK, DEFAULT_WORK).withDefault(Parameter.PATCHES, DEFAULT_PATCHES)
            .withDefault(Parameter.CONTEXT, DEFAULT_CONTEXT)
            .instead("name what is to be compared by --schemes, such as --schemes int8-64,int4-32-zero", DECIDED);

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SchemeComparison comparison = comparison();
        if (file != null) {
            OutputFile.check("-o", file);
        }
        SchemeResult result = comparison.run(this::progress);
        SchemeTable.write(result, spec.commandLine().getOut());
        if (file != null) {
            OutputFile.write(file, json(result));
        }
        return 0;
    }

    private SchemeComparison comparison() {
        Map<Parameter, List<String>> lists = new LinkedHashMap<>(parameters.lists());
        List<String> works = lists.remove(Parameter.WORK);
        Parameters given = Parameters.defaults();
        for (Map.Entry<Parameter, List<String>> entry : lists.entrySet()) {
            given = given.with(entry.getKey(), Parameters.single(entry.getKey(), entry.getValue()));
        }
        int patches = given.whole(Parameter.PATCHES);
        if (rounds < 1 || rounds > patches || skip < 0) {
            throw Fault.usage("--rounds " + rounds + " with --skip " + skip + " and patches=" + patches + " cannot be: give 1 or"
                    + " more rounds, at least as many patches, and 0 or more patches to skip.");
        }
        List<Candidate> candidates = schemes == null ? Candidate.all() : schemes.stream().map(Candidate::parse).toList();
        if (candidates.stream().distinct().count() < candidates.size()) {
            throw Fault.usage("--schemes " + String.join(",", schemes) + " names a scheme twice: name it once.");
        }
        List<GenerationSettings> pieces = new ArrayList<>();
        for (String work : works) {
            pieces.add(GenerationSettings.of(given.with(Parameter.WORK, work)).endless());
        }
        int threads = given.whole(Parameter.THREADS);
        return new SchemeComparison(given.text(Parameter.MODEL), candidates, pieces, given.whole(Parameter.CONTEXT),
                threads == 0 ? Cores.physical() : threads, skip, new Rounds(rounds, patches, given.seed()));
    }

    private void progress(String sentence) {
        if (Terminal.isStandardError()) {
            spec.commandLine().getErr().println(sentence);
        }
    }

    private static String json(SchemeResult result) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Numbers and names are always JSON", e);
        }
    }
}
