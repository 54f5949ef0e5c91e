"""Crosswalks: data of one structure as data of another, by the tables of the standard."""
