package io.notagenbench.cli;

import io.notagenbench.engine.BackendProvider;
import io.notagenbench.sweep.SuiteCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.util.Version;
import picocli.CommandLine.IVersionProvider;

/** Versions of the suite, of JMH and of the inference engines. */
final class SuiteVersion implements IVersionProvider {

    /** Returns the version of the suite from its jar, or {@code development} if it runs from class files. */
    static String suite() {
        return Optional.ofNullable(SuiteVersion.class.getPackage().getImplementationVersion()).orElse("development");
    }

    @Override
    public String[] getVersion() {
        List<String> lines = new ArrayList<>();
        lines.add("notagen-bench " + suite() + ", commit " + SuiteCommit.find().orElse("not known"));
        lines.add("JMH " + Version.getPlainVersion());
        BackendProvider.all().forEach(provider -> lines.add(provider.engineVersion()));
        lines.add("Java " + Runtime.version());
        return lines.toArray(new String[0]);
    }
}
