package io.flowright.json;

import static io.flowright.json.Types.again;
import static io.flowright.json.Types.json;
import static io.flowright.json.Types.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.flowright.runtime.spi.CodecException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sealed types need no annotation. */
class SealedTest {

    sealed interface Shape permits Round, Square, Unit, Group {}

    sealed interface Round extends Shape permits Circle, Ellipse {}

    record Circle(double radius) implements Round {}

    record Ellipse(double a, double b) implements Round {}

    record Square(double side) implements Shape {}

    enum Unit implements Shape {
        POINT,
        PIXEL {
            @Override
            public String toString() {
                return "px";
            }
        }
    }

    record Group(List<Shape> shapes, Map<String, Round> named, Optional<Shape> frame, Shape[] more) implements Shape {}

    sealed interface Result<T> permits Ok, Many {}

    record Ok<T>(T value) implements Result<T> {}

    record Many<T>(List<T> values) implements Result<List<T>> {}

    static sealed class Vehicle permits Car {
        public int wheels;
    }

    static final class Car extends Vehicle {
        public String plate = "";
    }

    sealed interface Clash permits A.Same, B.Same {}

    static class A {
        record Same(int a) implements Clash {}
    }

    static class B {
        record Same(int b) implements Clash {}
    }

    sealed interface Named permits C.Same, D.Same {}

    static class C {
        @JsonTypeName("c")
        record Same(int a) implements Named {}
    }

    static class D {
        record Same(int a) implements Named {}
    }

    sealed interface Open permits Ajar {}

    non-sealed interface Ajar extends Open {}

    sealed interface Loose permits Door {}

    static non-sealed class Door implements Loose {
        public int height;
    }

    static class Gate extends Door {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Dog.class, name = "dog"),
        @JsonSubTypes.Type(value = Cat.class, name = "cat")
    })
    sealed interface Animal permits Dog, Cat {}

    record Dog(String name) implements Animal {}

    record Cat(int lives) implements Animal {}

    record Zoo(Animal star, List<Animal> all, Map<String, Animal> named, Optional<Animal> gone, Set<Animal> set) {}

    @Test
    void theSimpleNameStandsBeforeTheValue() {
        assertThat(json(new Circle(1.5), Shape.class)).isEqualTo("{\"Circle\":{\"radius\":1.5}}");
        assertThat(json(Unit.PIXEL, Shape.class)).isEqualTo("{\"Unit\":\"PIXEL\"}");
        assertThat(json(new Circle(1.5), Circle.class)).isEqualTo("{\"radius\":1.5}");
        assertThat(json(new Circle(1.5), Round.class)).isEqualTo("{\"Circle\":{\"radius\":1.5}}");
    }

    @Test
    void theyComeBackFromEverywhere() {
        List<Shape> shapes = List.of(new Circle(1), new Ellipse(1, 2), new Square(3), Unit.POINT, Unit.PIXEL);
        for (Shape shape : shapes) {
            assertThat(again(shape, Shape.class)).isEqualTo(shape);
        }
        assertThat(again(shapes, new Types<List<Shape>>() {}.type)).isEqualTo(shapes);
        assertThat(again(Set.copyOf(shapes), new Types<Set<Shape>>() {}.type)).isEqualTo(Set.copyOf(shapes));
        assertThat(again(Map.of("a", shapes), new Types<Map<String, List<Shape>>>() {}.type))
                .isEqualTo(Map.of("a", shapes));
        assertThat((Shape[]) again(shapes.toArray(Shape[]::new), Shape[].class)).containsExactlyElementsOf(shapes);
        Group group =
                new Group(shapes, Map.of("r", new Circle(2)), Optional.of(Unit.PIXEL), new Shape[] {new Square(1)});
        Group nested = new Group(List.of(group), Map.of(), Optional.of(group), new Shape[] {});
        assertThat(again(nested, Shape.class)).usingRecursiveComparison().isEqualTo(nested);
    }

    @Test
    void genericOnesToo() {
        Result<Square> ok = new Ok<>(new Square(1));
        assertThat(again(ok, new Types<Result<Square>>() {}.type)).isEqualTo(ok);
        Result<List<Shape>> many = new Many<>(List.of(new Square(1)));
        assertThat(json(many, new Types<Result<List<Shape>>>() {}.type))
                .isEqualTo("{\"Many\":{\"values\":[{\"Square\":{\"side\":1.0}}]}}");
        assertThat(again(List.of(many), new Types<List<Result<List<Shape>>>>() {}.type))
                .isEqualTo(List.of(many));
    }

    @Test
    void aSealedClassMayHaveInstancesOfItsOwn() {
        Vehicle vehicle = new Vehicle();
        vehicle.wheels = 3;
        Car car = new Car();
        car.wheels = 4;
        car.plate = "M-X 1";

        assertThat(json(vehicle, Vehicle.class)).isEqualTo("{\"Vehicle\":{\"wheels\":3}}");
        assertThat(json(car, Vehicle.class)).isEqualTo("{\"Car\":{\"plate\":\"M-X 1\",\"wheels\":4}}");
        assertThat(json(car, Car.class)).isEqualTo("{\"plate\":\"M-X 1\",\"wheels\":4}");
        assertThat(again(vehicle, Vehicle.class))
                .hasSameClassAs(vehicle)
                .usingRecursiveComparison()
                .isEqualTo(vehicle);
        assertThat(again(car, Vehicle.class))
                .hasSameClassAs(car)
                .usingRecursiveComparison()
                .isEqualTo(car);
    }

    @Test
    void twoClassesOfOneNameAreToldApartByAnnotation() {
        assertThatThrownBy(() -> json(new A.Same(1), Clash.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("both called Same")
                .hasMessageContaining(A.Same.class.getName())
                .hasMessageContaining(B.Same.class.getName())
                .hasMessageContaining("@JsonTypeName");
        assertThat(again(new C.Same(1), Named.class)).isEqualTo(new C.Same(1));
        assertThat(again(new D.Same(1), Named.class)).isEqualTo(new D.Same(1));
    }

    @Test
    void whatIsOpenIsRefused() {
        assertThatThrownBy(() -> json(null, Open.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Ajar.class.getName())
                .hasMessageContaining("seal it");
        assertThat(again(new Door(), Loose.class)).isInstanceOf(Door.class);
        assertThatThrownBy(() -> json(new Gate(), Loose.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("permits no " + Gate.class.getName());
    }

    @Test
    void onlyPermittedClassesAreRead() {
        for (String json : List.of(
                "{\"java.lang.ProcessBuilder\":{}}",
                "{\"Dog\":{\"name\":\"x\"}}",
                "{}",
                "[]",
                "\"Circle\"",
                "{\"Circle\":null}",
                "{\"Circle\":{\"radius\":1},\"Square\":{\"side\":1}}")) {
            assertThatThrownBy(() -> value(json, Shape.class)).as(json).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void annotationsOfJacksonWin() {
        Animal dog = new Dog("Rex");
        Zoo zoo = new Zoo(
                dog, List.of(dog, new Cat(9)), Map.of("x", dog), Optional.of(new Cat(7)), Set.of(dog, new Cat(1)));

        assertThat(json(dog, Animal.class)).isEqualTo("{\"kind\":\"dog\",\"name\":\"Rex\"}");
        assertThat(again(zoo, Zoo.class)).isEqualTo(zoo);
    }
}
