package io.notagenbench.sweep;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The flags of this JVM that the JVMs it starts get, too. A debugger, a JMX port or an agent is for one process: the next
 * would find the port taken and die, or be measured together with the agent.
 */
public final class InheritedFlags {

    /** From these a JVM takes flags in front of and behind its command line; all of them are among its input arguments. */
    static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final Pattern OF_ONE_PROCESS = Pattern.compile(
            "-(?:agentlib|agentpath|javaagent):.*|-Xrun.*|-Xdebug|-Dcom\\.sun\\.management\\..*|-XX:[+-]ManagementServer");

    /** Programs read what forks write, so forks have a fixed locale. */
    private static final Pattern LOCALE = Pattern.compile("-Duser\\.(?:language|country|region|script|variant|extensions)\\b.*");

    private static final Pattern PORT = Pattern.compile(
            "-(?:agentlib:|Xrun)jdwp[:=].*\\baddress=(?:[^,]*:)?[1-9]\\d*\\b.*|-Dcom\\.sun\\.management\\.[\\w.]*port=[1-9]\\d*");

    /** A word, as these variables separate them: blanks within quotes belong to it. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

    /** The flag behind this one is for a host of forks alone. */
    private static final String HOST = "-Dnotagenbench.host=true";

    /** What a person says of the compiler holds for hosts as well. */
    private static final Pattern COMPILER = Pattern.compile("-X(?:int|comp|mixed)|-XX:.*(?:Tiered|Compil|JVMCI).*");

    private InheritedFlags() {
    }

    /**
     * For a JVM that starts forks and measures nothing: it does not live long enough for the second compiler. Its forks do not
     * get them.
     */
    static List<String> ofHosts() {
        return ofHosts(ofThisProcess());
    }

    static List<String> ofHosts(List<String> flags) {
        return flags.stream().anyMatch(flag -> COMPILER.matcher(flag).matches()) ? List.of()
                : List.of(HOST, "-XX:TieredStopAtLevel=1");
    }

    /** Of this process, from its command line and from the environment. */
    public static List<String> ofThisProcess() {
        return of(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    /** Whether processes that this one starts get all of its flags. */
    public static boolean areAllHandedDown() {
        return ofThisProcess().equals(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    static List<String> of(List<String> flags) {
        List<String> inherited = new ArrayList<>(flags);
        int host = inherited.indexOf(HOST);
        if (host >= 0) {
            inherited.subList(host, host + 2).clear();
        }
        inherited.removeIf(flag -> isOfOneProcess(flag) || LOCALE.matcher(flag).matches());
        return inherited;
    }

    private static boolean isOfOneProcess(String flag) {
        return OF_ONE_PROCESS.matcher(flag).matches();
    }

    /** One sentence that names the flags which the processes of a sweep do not get; empty if they get all. */
    public static Optional<String> kept() {
        return kept(ManagementFactory.getRuntimeMXBean().getInputArguments(), Map.of());
    }

    /** As {@link #kept()}, for the forks of this process, which get everything that the environment has. */
    public static Optional<String> keptFromForks(Map<String, String> environment) {
        return kept(ManagementFactory.getRuntimeMXBean().getInputArguments(), environment);
    }

    static Optional<String> kept(List<String> flags, Map<String, String> environment) {
        List<String> kept = new ArrayList<>(flags.stream().filter(InheritedFlags::isOfOneProcess).toList());
        kept.removeAll(ofOneProcess(environment).keySet());
        return kept.isEmpty() ? Optional.empty() : Optional.of("The processes that measure do not get "
                + String.join(" ", kept) + ": that is for this process alone.");
    }

    /** The flags for a single process that an environment gives to every process, each with its variable. */
    private static Map<String, String> ofOneProcess(Map<String, String> environment) {
        Map<String, String> found = new LinkedHashMap<>();
        VARIABLES.stream().filter(environment::containsKey).forEach(variable -> words(environment.get(variable)).stream()
                .filter(InheritedFlags::isOfOneProcess).forEach(word -> found.put(word, variable)));
        return found;
    }

    /**
     * Why no fork of this process can start, in one sentence with the fix; empty where it can.
     *
     * @param environment of this process, which its forks have, too
     */
    public static Optional<String> takenPort(Map<String, String> environment) {
        return ofOneProcess(environment).entrySet().stream().filter(found -> PORT.matcher(found.getKey()).matches())
                .map(found -> "Every fork would get " + found.getKey() + " from " + found.getValue() + ", find its port taken by"
                        + " this process and end: " + without(found.getValue())).findFirst();
    }

    /**
     * What the forks of this process run beside the benchmark, in one sentence with the way to avoid it; empty where
     * they run nothing else.
     */
    public static Optional<String> besideTheBenchmark(Map<String, String> environment) {
        Map<String, String> found = ofOneProcess(environment);
        return found.isEmpty() ? Optional.empty() : Optional.of("Every fork gets " + String.join(" ", found.keySet()) + ", too, which"
                + " may cost time: " + without(found.values().iterator().next()));
    }

    private static String without(String variable) {
        return "start with env -u " + variable + " java -jar benchmarks.jar ..., or use sweep, which takes it out.";
    }

    private static List<String> words(String variable) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(variable);
        while (word.find()) {
            words.add(word.group().replaceAll("[\"']", ""));
        }
        return words;
    }
}
