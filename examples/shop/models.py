"""What goes into and comes out of the shop's tasks."""

from pydantic import BaseModel


class Line(BaseModel):
    sku: str
    quantity: int = 1


class Order(BaseModel):
    order_id: str
    customer_id: str
    lines: list[Line] = []
    total_cents: int = 0


class Reservation(BaseModel):
    reservation_id: str


class Payment(BaseModel):
    order_id: str
    customer_id: str
    amount_cents: int


class Receipt(BaseModel):
    charge_id: str


class Parcel(BaseModel):
    order_id: str
    address: str


class Tracking(BaseModel):
    tracking_id: str


class ReportRequest(BaseModel):
    region: str = "eu"
