package io.notagenbench.cli;

import io.notagenbench.abc.Prompt;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Tells what a person should know of the prompts that were asked for. The process of a sweep's fork tells nothing: the
 * sweep has.
 */
final class PromptWarnings {

    private PromptWarnings() {
    }

    /**
     * @param prompts values of {@code -p prompt=}, each told of once
     * @throws io.notagenbench.fault.Fault (usage) if one is no prompt
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
