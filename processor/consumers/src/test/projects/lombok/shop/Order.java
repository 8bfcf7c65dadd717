package shop;

import lombok.Builder;
import lombok.Value;

@Value
@Builder
class Order {
    long id;
    int quantity;
}
