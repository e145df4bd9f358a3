package io.notagenbench.cli;

import java.util.concurrent.Callable;
import io.notagenbench.device.HostFacts;
import picocli.CommandLine.Command;

/** Says what this machine has, what can run on it, and what is missing with the fix. */
@Command(name = "doctor", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = "Says what this machine has, what can run here, and how to mend what cannot.")
final class DoctorCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.out.println(HostFacts.collect());
        return 0;
    }
}
