package io.notagenbench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what this machine has, what can run on it, and what is missing with the fix. */
@Command(name = "doctor", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = "Says what this machine has, what can run here, and how to mend what cannot.")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private ParameterOptions parameters;

    @Option(names = "--json", description = "Says it as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        Diagnosis diagnosis = Examination.of(parameters.single());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(diagnosis));
        } else {
            DiagnosisText.write(diagnosis, out);
        }
        return diagnosis.canRun() ? 0 : Fault.FAILED;
    }
}
