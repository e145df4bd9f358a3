package io.notagenbench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;

/** Nothing is timed but the work: JMH times everything that the body of a benchmark does. */
class TimedBodyTest {

    private static Stream<JavaMethod> bodies() {
        return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(TimedBodyTest.class.getPackageName()).stream().map(JavaClass::getMethods)
                .flatMap(methods -> methods.stream()).filter(method -> method.isAnnotatedWith(Benchmark.class));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyCallsItsStateOnceAndNothingElse(JavaMethod body) {
        List<JavaMethodCall> calls = body.getMethodCallsFromSelf().stream()
                .filter(call -> !isRate(call)).toList();
        assertThat(calls).as(body.getFullName()).hasSize(1).allMatch(call ->
                call.getTargetOwner().getPackageName().endsWith(".state"));
        assertThat(body.getConstructorCallsFromSelf()).as("objects made in " + body.getFullName()).isEmpty();
        assertThat(body.getFieldAccesses()).as("fields used in " + body.getFullName()).isEmpty();
    }

    /** A rate needs a sum over the operations of an iteration: one addition, and the operations take microseconds. */
    private static boolean isRate(JavaMethodCall call) {
        return call.getOriginOwner().isEquivalentTo(RooflineBenchmark.class)
                && (call.getTargetOwner().isAnnotatedWith(AuxCounters.class) || List.of("bytes", "operations").contains(call.getName()));
    }
}
