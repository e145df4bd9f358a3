package io.notagenbench.cli;

import io.notagenbench.device.HostFacts;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what this machine has, what can run on it, what is missing, and how to fix that. */
@Command(name = "doctor", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = "Shows what this machine has, what can run here, what is missing, and how to fix that.")
final class DoctorCommand implements Callable<Integer> {

    /** Parameters that engines are started with. */
    private static final List<Parameter> OF_ENGINES = List.of(Parameter.MODEL, Parameter.DEVICE, Parameter.PROVIDER,
            Parameter.CACHES, Parameter.PRECISION, Parameter.DECODING, Parameter.THREADS);
    private static final List<Parameter> OF_FIT = List.of(Parameter.MODEL, Parameter.DEVICE, Parameter.PRECISION,
            Parameter.PATCH_LENGTH);

    @Mixin
    private ParameterOptions parameters = ParameterOptions.of(Parameter.MODEL, Parameter.DEVICE, Parameter.PROVIDER,
            Parameter.CACHES, Parameter.PRECISION, Parameter.DECODING, Parameter.THREADS, Parameter.PATCH_LENGTH)
            .listing(" with --fit", OF_FIT).showing(Parameter.PATCH_LENGTH, "64,1024")
            .meaning(Parameter.PATCH_LENGTH, "with --fit: context window in patches").instead("both engines are examined", List.of(Parameter.BACKEND));

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--fit", description = {"Shows which models fit which cards and this machine, and how many pieces"
            + " at once. Starts no engine.",
                "Takes only -p model, precision, patchLength and device. Default: all models, all precisions,"
            + " patchLength=64,1024."})
    private boolean fit;

    @Option(names = "--card", paramLabel = "GIB",
            description = "With --fit: a card with this much memory, instead of the"
            + " six cards of the published test.")
    private Integer card;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (fit) {
            if (card != null && card < 1) {
                throw Fault.usage("--card must be a whole number of GiB of at least 1, not " + card + ".");
            }
            fit(out);
            return 0;
        }
        if (card != null) {
            throw Fault.usage("--card " + card + " needs --fit: give both.");
        }
        Diagnosis diagnosis = Examination.of(parameters.single(OF_ENGINES));
        if (json) {
            out.println(JsonText.of(diagnosis));
        } else {
            DiagnosisText.write(diagnosis, out);
        }
        return diagnosis.canRun() ? 0 : Fault.FAILED;
    }

    private void fit(PrintWriter out) {
        long available = HostFacts.availableNow();
        Map<String, Integer> cards = FitTable.cards(card);
        List<FitTable.Row> rows = FitTable.rows(parameters.lists(OF_FIT), cards, available);
        if (json) {
            out.println(JsonText.of(rows));
        } else {
            FitTable.write(rows, cards, available, out);
        }
    }
}
