package io.notagenbench.cli;

import io.notagenbench.abc.Prompt;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Prints warnings about the prompts that a person asked for. The process of a sweep's fork prints none: the sweep
 * did.
 */
final class PromptWarnings {

    private PromptWarnings() {
    }

    /**
     * @param prompts values of {@code -p prompt=}, each warned about once
     * @throws io.notagenbench.fault.Fault (usage) if one is not a prompt
     */
    static void tell(Collection<String> prompts, PrintWriter err) {
        if (!ParentWatch.isAsked()) {
            warnings(prompts).forEach(warning -> err.println("Warning: " + warning));
            err.flush();
        }
    }

    private static Stream<String> warnings(Collection<String> prompts) {
        return prompts.stream().map(Prompt::parse).flatMap(prompt -> prompt.warnings().stream()).distinct();
    }
}
