import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertLength, convertTemperature, daysBetween, isoWeek } from '../src/convert.js';

test('a mile in kilometres', () => assert.equal(convertLength(1, 'mi', 'km'), 1.609344));
test('water boils', () => assert.equal(convertTemperature(100, 'C', 'F'), 212));
test('a leap year', () => assert.equal(daysBetween(new Date('2024-01-01'), new Date('2025-01-01')), 366));
test('the first days of 2021 belong to week 53', () => assert.equal(isoWeek(new Date('2021-01-03')), 53));
