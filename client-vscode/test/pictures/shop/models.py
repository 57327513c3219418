"""What goes into and comes out of the shop's tasks."""

from pydantic import BaseModel


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
