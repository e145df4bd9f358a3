package io.notagenbench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.notagenbench.abc.Music;
import io.notagenbench.benchmark.state.TextState;
import io.notagenbench.results.ForkReporter;
import io.notagenbench.results.PieceCounters;
import java.io.PrintStream;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Nothing is timed but the work: JMH times everything that the body of a benchmark does, and whatever that calls. */
class TimedBodyTest {

    private static final JavaClasses SUITE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("jmh_generated"))
            .importPackages(TimedBodyTest.class.getPackageName(), PieceCounters.class.getPackageName());

    private static Stream<JavaMethod> bodies() {
        return SUITE.stream().map(JavaClass::getMethods).flatMap(Set::stream)
                .filter(method -> method.isAnnotatedWith(Benchmark.class));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyCallsItsStateOnceAndNothingElse(JavaMethod body) {
        assertThat(besidesTheState(body)).isEmpty();
    }

    @Test
    void countersAreFilledInTearDownsAlone() {
        assertThat(timed(SUITE, TimedBodyTest::fillsCounters, Set.of(TearDown.class))).isEmpty();
    }

    /** Except by the report of a fork that failed, when the disk is full. */
    @Test
    void nothingIsPrintedWhileTimed() {
        assertThat(timed(SUITE, access -> access.getTargetOwner().isAssignableTo(PrintStream.class)
                && !access.getOriginOwner().isEquivalentTo(ForkReporter.class),
                Set.of(Setup.class, TearDown.class))).isEmpty();
    }

    /** Except by the benchmark whose question it is. */
    @Test
    void noAbcIsReadWhileTimed() {
        assertThat(timed(SUITE, access -> readsAbc(access) && !access.getOriginOwner().isEquivalentTo(TextState.class),
                Set.of(Setup.class, TearDown.class))).isEmpty();
    }

    /** If the rules above did not find these, they would find nothing. */
    @Test
    void timedCountersPrintsAndAbcAreFound() {
        JavaClasses bad = new ClassFileImporter().importClasses(Bad.class, Callback.class, PieceCounters.class);
        JavaMethod body = bad.get(Bad.class).getMethod("body", PieceCounters.class);

        for (String found : List.of("StringBuilder.<init>", "Bad.count", "PrintStream.println", "sets field",
                "calls its state 0 times")) {
            assertThat(besidesTheState(body)).as(found).anyMatch(action -> action.replace('$', '.').contains(found));
        }
        assertThat(timed(bad, TimedBodyTest::fillsCounters, Set.of(TearDown.class)))
                .containsExactlyInAnyOrder("Bad.count", "Callback.run");
        assertThat(timed(bad, TimedBodyTest::readsAbc, Set.of(TearDown.class))).containsExactly("Bad.count");
        assertThat(timed(bad, access -> access.getTargetOwner().isAssignableTo(PrintStream.class),
                Set.of(Setup.class))).containsExactly("Bad.body");
    }

    /** Does within its body what belongs into a tear-down, as it was done here once. */
    private static final class Bad {

        private String text = "";

        String body(PieceCounters counters) {
            text = new StringBuilder("X:1").toString();
            count(counters);
            System.out.println(text);
            return text;
        }

        private void count(PieceCounters counters) {
            counters.bars = Music.of(text).bars();
        }
    }

    /** Is called by somebody who is not looked at. */
    private record Callback(PieceCounters counters) implements Runnable {

        @Override
        public void run() {
            counters.patches++;
        }
    }

    /** What a body does other than one call of its state. */
    private static List<String> besidesTheState(JavaMethod body) {
        List<JavaMethodCall> work = body.getMethodCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().getPackageName().endsWith(".state") && !isRate(call)).toList();
        return Stream.concat(
                body.getAccessesFromSelf().stream().filter(access -> !isRate(access)).filter(access ->
                        !work.contains(access)).map(JavaAccess::getDescription),
                work.size() == 1 ? Stream.of() : Stream.of(body.getFullName() + " calls its state " + work.size()
                        + " times")).toList();
    }

    /** A rate needs a sum over the operations of an iteration: one addition, and the operations take microseconds. */
    private static boolean isRate(JavaAccess<?> access) {
        return access.getOriginOwner().isEquivalentTo(RooflineBenchmark.class)
                && (access.getTargetOwner().isAnnotatedWith(AuxCounters.class)
                        || List.of("bytes", "movedBytes", "operations").contains(access.getName()));
    }

    /** Counters of operations are filled by the operations, those of events when an iteration is over. */
    private static boolean fillsCounters(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return owner.isAnnotatedWith(AuxCounters.class) && !access.getOriginOwner().equals(owner)
                && owner.getAnnotationOfType(AuxCounters.class).value() == AuxCounters.Type.EVENTS;
    }

    private static boolean readsAbc(JavaAccess<?> access) {
        return access.getTargetOwner().getPackageName().equals(Music.class.getPackageName());
    }

    /** Methods that access what may be accessed only by methods with an annotation, and by what only these call. */
    private static List<String> timed(JavaClasses classes, Predicate<JavaAccess<?>> access,
            Set<Class<? extends Annotation>> untimed) {
        return classes.stream().flatMap(type -> type.getAccessesFromSelf().stream()).filter(access)
                .map(JavaAccess::getOrigin).distinct().filter(origin -> !isCalledBy(origin, untimed, new HashSet<>()))
                .map(origin -> origin.getOwner().getSimpleName() + "." + origin.getName()).sorted().toList();
    }

    /** A method that nobody calls here is called by an engine or by JMH while the time is taken. */
    private static boolean isCalledBy(JavaCodeUnit called, Set<Class<? extends Annotation>> annotations,
            Set<JavaCodeUnit> seen) {
        if (annotations.stream().anyMatch(called::isAnnotatedWith) || !seen.add(called)) {
            return true;
        }
        Set<JavaCodeUnit> callers = called.getAccessesToSelf().stream().map(JavaAccess::getOrigin)
                .collect(Collectors.toSet());
        return !callers.isEmpty()
                && callers.stream().allMatch(caller -> isCalledBy(caller, annotations, seen));
    }
}
