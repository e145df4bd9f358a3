package io.notagenbench.cli;

import io.notagenbench.abc.KnownPrompts;
import io.notagenbench.abc.StylePrompt;
import io.notagenbench.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the prompts that NotaGen knows. */
@Command(name = "prompts", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = "Lists the prompts that NotaGen was fine-tuned on, as -p prompt= takes them.")
final class PromptsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "WORD", arity = "0..*",
            description = "Lists only prompts that contain all of these words, as in: prompts bach choral.")
    private List<String> words = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<StylePrompt> found = KnownPrompts.with(words);
        if (found.isEmpty()) {
            throw Fault.usage("None of the " + KnownPrompts.ALL.size() + " prompts has " + String.join(" and ", words)
                    + " in it: java -jar benchmarks.jar prompts lists all of them.");
        }
        found.forEach(prompt -> spec.commandLine().getOut().println(prompt.label()));
        return 0;
    }
}
